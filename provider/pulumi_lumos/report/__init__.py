"""Who may ask for what in Lumos, who decides, for how long, and what a change does to people.

`reading` asks Lumos, `rows` turns its answers into one row an offer, `comparison` says what differs
between two sets of rows, and the renderers print both. Nothing here changes Lumos or knows Pulumi.
"""
