"""A role in AWS, the Okta group whose members may assume it, and the permission that grants it."""

import json

import pulumi
import pulumi_aws as aws
import pulumi_okta as okta
from access import TemporaryAccess

config = pulumi.Config()
account = config.require("awsAccountId")

role = aws.iam.Role(
    "billing",
    name="billing",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "sts:AssumeRoleWithSAML",
                    "Principal": {"Federated": f"arn:aws:iam::{account}:saml-provider/Okta"},
                    "Condition": {
                        "StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}
                    },
                }
            ],
        }
    ),
)
aws.iam.RolePolicyAttachment(
    "billing", role=role.name, policy_arn="arn:aws:iam::aws:policy/job-function/Billing"
)
# Okta's AWS Account Federation lets the members of a group of such a name assume the role.
group = okta.group.Group("billing", name=pulumi.Output.concat("aws#acme#", role.name, "#", account))
okta.app.GroupAssignment("billing", app_id=config.require("oktaAwsAppId"), group_id=group.id)

billing = TemporaryAccess("billing", app="AWS", label="Billing", group_id=group.id)
pulumi.export("billing", billing.permission.id)
