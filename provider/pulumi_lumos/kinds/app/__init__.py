"""An app of the company: custom, or an integration that Lumos connects to."""
