# mypy: ignore-errors
"""Mistakes in the fields of a resource; each line that ends in `# error` is one."""

from __future__ import annotations

import pulumi
import pulumi_lumos as lumos

number: pulumi.Output[int] = pulumi.Output.from_input(1)

lumos.RequestablePermission("misspelt", app_id="a-1", label="A", lable="B")  # error
lumos.RequestablePermission("wrong type", app_id="a-1", label=3)  # error
lumos.RequestablePermission("output of a wrong type", app_id="a-1", label=number)  # error
lumos.RequestablePermission("none where required", app_id=None, label="A")  # error
lumos.RequestablePermission("missing", app_id="a-1")  # error
lumos.RequestablePermission("all missing")  # error
lumos.RequestablePermission("computed", app_id="a-1", label="A", type="NATIVE")  # error
lumos.RequestablePermission("by position", None, "a-1", label="A")  # error
lumos.RequestablePermission(app_id="a-1", label="without a name")  # error
lumos.RequestablePermission("options", {"protect": True}, app_id="a-1", label="A")  # error
lumos.AppStoreApp("wrong type", app_id="a-1", request_flow="FULL")  # error
lumos.AppStoreApp("computed", app_id="a-1", admin_url="https://example.com")  # error
lumos.AppStoreApp("a list", app_id=["a-1"])  # error
lumos.ProvisioningGroupAttachment("missing", permission="p-1")  # error
lumos.ProvisioningGroupAttachment("a string", permission="p-1", group="g-1")  # error
app = lumos.AppStoreApp("app", app_id="a-1")
group = lumos.GroupRef(app_id="o-1", id="g-1")
lumos.ProvisioningGroupAttachment("of another kind", permission=app, group=group)  # error
lumos.get_app("Salesforce")  # error
lumos.get_user(name="Grace")  # error
lumos.get_group(name=pulumi.Output.from_input("Admins"))  # error
name = lumos.get_app(name="Salesforce").name  # error


class Company(lumos.RequestablePermission):
    """A subclass that takes what the kind takes."""


Company("missing", app_id="a-1")  # error
Company("misspelt", app_id="a-1", label="A", lable="B")  # error
lumos.get_app_output(name="Slack", opts=pulumi.ResourceOptions())  # error
lumos.get_app(name="Slack", opts=pulumi.ResourceOptions())  # error

lumos.App("a text", app_class_id="zoom.us", auth="key")  # error
lumos.App("computed", name="Wiki", instance_id="i-1")  # error
lumos.AccessPolicy("missing", name="Sales", business_justification="Work.")  # error
lumos.AccessPolicy("no list", name="S", business_justification="W", apps="a-1")  # error
lumos.AccessPolicy("a text", name="S", business_justification="W", apps=["a-1"])  # error
one = lumos.AccessPolicyApp(id="a-1", preapproved=True)  # error
