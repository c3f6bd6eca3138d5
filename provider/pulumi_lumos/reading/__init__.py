"""Lists of Lumos, read once in a run. Look-ups, export and the lifecycle share them."""
