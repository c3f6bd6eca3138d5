"""One file a kind: adding a file adds a resource."""
