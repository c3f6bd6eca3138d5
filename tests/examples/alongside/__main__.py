"""The twin of examples/alongside: its group is made in the emulator's pretend Okta."""

import pulumi
from access import TemporaryAccess
from pretend_okta import Group

group = Group("billing", group_name="aws#acme#billing#123456789012")

billing = TemporaryAccess("billing", app="AWS", label="Billing", group_id=group.id)
pulumi.export("billing", billing.permission.id)
