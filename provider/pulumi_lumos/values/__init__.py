"""Compare, project and check the values of one declared object. Pure: nothing here asks Lumos."""
