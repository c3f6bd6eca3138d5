"""An app in the AppStore: two calls of Lumos, and the permissions that it hides."""
