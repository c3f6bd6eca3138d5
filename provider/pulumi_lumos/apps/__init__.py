"""What is special about the life of an app in the AppStore."""
