"""What Lumos takes and answers, generated from the vendor's OpenAPI document.

Do not edit: run `tools/emulator/generate_wire`. A field that may be left out, and has no
declared default, holds ABSENT until it is sent; null is accepted only where Lumos accepts it.
"""
# Declared defaults of nested objects are plain JSON here, as in the document.
# mypy: disable-error-code="assignment, list-item"

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StrictBool

from .absent import ABSENT


class AccessPolicyPermissionInput(BaseModel):
    id: str = ABSENT


class AccessPolicyPermissionOutput(BaseModel):
    id: str = ABSENT


class ActivityLog(BaseModel):
    event_hash: str
    event_type: str
    event_type_user_friendly: str
    outcome: str
    targets: list[dict[str, Any]]
    actor: dict[str, Any]
    event_began_at: datetime | None = ABSENT
    event_metadata: dict[str, Any]


class RedirectUrl(RootModel[str]):
    root: Annotated[str, Field(max_length=2048)]


class AddCommentInput(BaseModel):
    comment: Annotated[str, Field(max_length=4000, min_length=1)]


class Description(RootModel[str]):
    root: Annotated[str, Field(max_length=8192)]


class AppInputCreate(BaseModel):
    name: str | None = ABSENT
    category: str | None = ABSENT
    description: Description | None = ABSENT
    logo_url: str | None = ABSENT
    website_url: str | None = ABSENT
    request_instructions: str | None = ABSENT
    app_class_id: str | None = ABSENT
    auth: dict[str, Any] | None = ABSENT
    settings: dict[str, Any] | None = ABSENT
    version: str | None = ABSENT


class Description1(RootModel[str]):
    root: Annotated[str, Field(max_length=1000)]


class RequestInstructions(RootModel[str]):
    root: Annotated[str, Field(max_length=511)]


class AppInputPut(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str | None = ABSENT
    category: str | None = ABSENT
    description: Description1 | None = ABSENT
    logo_url: str | None = ABSENT
    website_url: str | None = ABSENT
    request_instructions: RequestInstructions | None = ABSENT
    app_class_id: str | None = ABSENT
    auth: dict[str, Any] | None = ABSENT
    settings: dict[str, Any] | None = ABSENT
    version: str | None = ABSENT


class Description3(RootModel[str]):
    root: Annotated[str, Field(max_length=1000)]


class RequestInstructions2(RootModel[str]):
    root: Annotated[str, Field(max_length=511)]


class AppInputUpdate(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str | None = ABSENT
    category: str | None = ABSENT
    description: Description3 | None = ABSENT
    logo_url: str | None = ABSENT
    website_url: str | None = ABSENT
    request_instructions: RequestInstructions2 | None = ABSENT


class AppLinks(BaseModel):
    self: str
    admin_url: str


class AttributeEqualityRule(BaseModel):
    attribute: str
    value: str


class BaseApp(BaseModel):
    id: str


class BaseGroup(BaseModel):
    id: str | None = ABSENT
    app_id: str | None = ABSENT
    integration_specific_id: str | None = ABSENT


class BaseInlineWebhook(BaseModel):
    id: str


class BaseUser(BaseModel):
    id: str


class ConnectionSource(RootModel[Literal["API", "UI"]]):
    root: Literal["API", "UI"]


class CreateAccessRequestInput(BaseModel):
    app_id: str
    requester_user_id: str = ABSENT
    target_user_id: str = ABSENT
    note: str | None = ABSENT
    business_justification: str | None = ABSENT
    expiration_in_seconds: int | None = ABSENT
    access_length: str | None = ABSENT
    requestable_permission_ids: list[str] | None = ABSENT


class CustomIntakeFieldResponseOutput(BaseModel):
    prompt: str
    response: str | None = ABSENT


class DisconnectIntegrationOutput(BaseModel):
    id: str
    app_class_id: str
    disconnected: StrictBool


class IntegrationCatalogOutput(BaseModel):
    app_class_id: str
    name: str
    description: str | None = ABSENT
    category: str | None = ABSENT
    logo_url: str | None = ABSENT


class IntegrationConnectionSchemaOutput(BaseModel):
    app_class_id: str
    auth_schema: dict[str, Any]
    settings_schema: dict[str, Any]


class Total(RootModel[int]):
    root: Annotated[int, Field(ge=0)]


class Limit(RootModel[int]):
    root: Annotated[int, Field(ge=1)]


class Offset(RootModel[int]):
    root: Annotated[int, Field(ge=0)]


class Links(BaseModel):
    first: str | None
    last: str | None
    self: str | None
    next: str | None
    prev: str | None


class Page(RootModel[int]):
    root: Annotated[int, Field(ge=1)]


class Size(RootModel[int]):
    root: Annotated[int, Field(ge=1)]


class Pages(RootModel[int]):
    root: Annotated[int, Field(ge=0)]


class PageIntegrationCatalogOutput(BaseModel):
    items: list[IntegrationCatalogOutput]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class PerformTaskActionInput(BaseModel):
    action_type: str
    transition_to: str | None = ABSENT


class ReassignTaskInput(BaseModel):
    user_ids: list[str] | None = ABSENT
    group_ids: list[str] | None = ABSENT
    replace: StrictBool = True


class RequestFulfillmentConfigInput(BaseModel):
    manual_steps_needed: StrictBool | None = ABSENT
    manual_instructions: str | None = ABSENT
    time_based_access: list[str] = ABSENT
    time_based_access_override: StrictBool | None = ABSENT
    provisioning_group: BaseGroup | None = ABSENT
    provisioning_webhook: BaseInlineWebhook | None = ABSENT


class RequestFulfillmentConfigInputUpdate(BaseModel):
    manual_steps_needed: StrictBool | None = ABSENT
    manual_instructions: str | None = ABSENT
    time_based_access: list[str] = ABSENT
    time_based_access_override: StrictBool | None = ABSENT
    provisioning_webhook: BaseInlineWebhook | None = ABSENT


class RequestablePermissionBase(BaseModel):
    id: str = ABSENT


class RequestablePermissionBaseOutput(BaseModel):
    id: str = ABSENT
    type: Literal["SYNCED", "NATIVE"] | None = ABSENT
    label: str
    app_id: str
    app_class_id: str
    app_instance_id: str


class TriggerSyncInput(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    sync_type: Literal["full_sync"]


class TriggerSyncOutput(BaseModel):
    app_id: str
    sync_type: Literal["full_sync"]
    status: str


class ValidationError(BaseModel):
    loc: list[str | int]
    msg: str
    type: str


class AccessPolicyAppInput(BaseModel):
    id: str
    is_preapproved: StrictBool | None = ABSENT
    permissions: list[AccessPolicyPermissionInput] | None = ABSENT


class AccessPolicyAppOutput(BaseModel):
    id: str
    is_preapproved: StrictBool
    permissions: list[AccessPolicyPermissionOutput]


class AccessPolicyInput(BaseModel):
    name: str
    business_justification: str
    status: Literal["DRAFT", "PUBLISHED"] | None = ABSENT
    is_enabled: StrictBool | None = ABSENT
    apps: Annotated[list[AccessPolicyAppInput], Field(min_length=1)]
    access_condition: dict[str, Any] | None = ABSENT
    is_everyone_condition: StrictBool = False


class AccessPolicyOutput(BaseModel):
    name: str
    business_justification: str
    id: str
    status: Literal["DRAFT", "PUBLISHED"]
    is_enabled: StrictBool
    apps: list[AccessPolicyAppOutput]
    access_condition: dict[str, Any]
    is_everyone_condition: StrictBool


class AllowedGroupsConfigInput(BaseModel):
    type: Literal["ALL_GROUPS", "SPECIFIED_GROUPS"] = "ALL_GROUPS"
    groups: list[BaseGroup] = ABSENT


class App(BaseModel):
    id: str
    app_class_id: str
    instance_id: str
    user_friendly_label: str
    status: Literal[
        "DISCOVERED", "IN_REVIEW", "NEEDS_REVIEW", "APPROVED", "BLOCKLISTED", "DEPRECATED"
    ]
    sources: list[
        Literal[
            "GSUITE_QUICK_INBOX",
            "GSUITE_DEEP_INBOX",
            "MICROSOFT_DEEP_INBOX",
            "MICROSOFT_OAUTH",
            "MICROSOFT_GCC",
            "GSUITE_OAUTH",
            "OKTA",
            "MANUAL",
            "ONELOGIN",
            "ATLASSIAN",
            "GOOGLE_CLOUD",
            "LUMOS_INTEGRATION",
            "JUMPCLOUD",
            "CUSTOM",
        ]
    ]
    allow_multiple_permission_selection: StrictBool
    logo_url: str | None = ABSENT
    website_url: str | None = ABSENT
    request_instructions: str | None = ABSENT
    description: str | None = ABSENT
    category: str | None = ABSENT
    disconnected: StrictBool
    links: AppLinks
    sync_status: Literal["SYNCING", "SUCCESS", "FAILED"] | None = ABSENT


class AppAdminsInput(BaseModel):
    groups: list[BaseGroup] = ABSENT
    users: list[BaseUser] = ABSENT


class AppApproversInput(BaseModel):
    groups: Annotated[list[BaseGroup], Field(validate_default=True)] = []
    users: Annotated[list[BaseUser], Field(validate_default=True)] = []


class AppStoreAppSettingsProvisioningInput(BaseModel):
    groups_provisioning: Literal["DIRECT_TO_USER", "GROUPS_AND_HIDDEN", "GROUPS_AND_VISIBLE"] = (
        ABSENT
    )
    time_based_access: list[str] = ABSENT
    allow_multiple_permission_selection: StrictBool = ABSENT
    manual_steps_needed: StrictBool = ABSENT
    custom_provisioning_instructions: str | None = ABSENT
    default_time_based_access_option: str | None = ABSENT
    default_permission: RequestablePermissionBase | None = ABSENT
    provisioning_webhook: BaseInlineWebhook | None = ABSENT
    access_removal_inline_webhook: BaseInlineWebhook | None = ABSENT


class AppStoreAppSettingsRequestFlowInput(BaseModel):
    discoverability: Literal["FULL", "LIMITED", "NONE"] = ABSENT
    custom_approval_message: str = ABSENT
    require_manager_approval: StrictBool = ABSENT
    require_additional_approval: StrictBool = ABSENT
    allowed_groups: AllowedGroupsConfigInput | None = ABSENT
    approvers: AppApproversInput = ABSENT
    approvers_stage_2: AppApproversInput = ABSENT
    admins: AppAdminsInput = ABSENT
    request_validation_inline_webhook: BaseInlineWebhook | None = ABSENT


class ApproverInput(BaseModel):
    type: Literal["USER", "GROUP"] = ABSENT
    user: BaseUser | None = ABSENT
    group: BaseGroup | None = ABSENT


class Group(BaseModel):
    id: str | None = ABSENT
    app_id: str | None = ABSENT
    integration_specific_id: str | None = ABSENT
    name: str | None = ABSENT
    description: str | None = ABSENT
    group_lifecycle: Literal["SYNCED", "NATIVE"] | None = "SYNCED"
    source_app_id: str | None = ABSENT


class HTTPValidationError(BaseModel):
    detail: list[ValidationError] = ABSENT


class InlineWebhook(BaseModel):
    id: str
    hook_type: Literal["PRE_APPROVAL", "PROVISION", "DEPROVISION", "REQUEST_VALIDATION", "SIEM"]
    name: str
    description: str | None = ABSENT


class LimitOffsetPageActivityLog(BaseModel):
    items: list[ActivityLog]
    total: Total | None
    limit: Limit | None
    offset: Offset | None
    links: Links


class PageAccessPolicyOutput(BaseModel):
    items: list[AccessPolicyOutput]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class PageGroup(BaseModel):
    items: list[Group]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class PreApprovalRuleInput(BaseModel):
    justification: str
    time_based_access: list[str] = ABSENT
    app_id: str
    preapproved_groups: Annotated[list[BaseGroup], Field(validate_default=True)] = []
    preapproved_permissions: Annotated[
        list[RequestablePermissionBase], Field(validate_default=True)
    ] = []
    preapproved_users_by_attribute: Annotated[
        list[AttributeEqualityRule], Field(validate_default=True)
    ] = []
    preapproval_webhooks: Annotated[list[BaseInlineWebhook], Field(validate_default=True)] = []


class PreApprovalRuleOutput(BaseModel):
    justification: str
    time_based_access: list[str] = ABSENT
    id: str = ABSENT
    app_id: str
    app_class_id: str
    app_instance_id: str
    preapproved_groups: Annotated[list[Group], Field(validate_default=True)] = []
    preapproved_users_by_attribute: Annotated[
        list[AttributeEqualityRule], Field(validate_default=True)
    ] = []
    preapproved_permissions: Annotated[
        list[RequestablePermissionBaseOutput], Field(validate_default=True)
    ] = []
    preapproval_webhooks: Annotated[list[InlineWebhook], Field(validate_default=True)] = []


class PreApprovalRuleUpdateInput(BaseModel):
    justification: str
    time_based_access: list[str] = ABSENT
    preapproved_groups: Annotated[list[BaseGroup], Field(validate_default=True)] = []
    preapproved_permissions: Annotated[
        list[RequestablePermissionBase], Field(validate_default=True)
    ] = []
    preapproved_users_by_attribute: Annotated[
        list[AttributeEqualityRule], Field(validate_default=True)
    ] = []
    preapproval_webhooks: Annotated[list[BaseInlineWebhook], Field(validate_default=True)] = []


class RequestApprovalStageInput(BaseModel):
    approvers: list[ApproverInput] | None = ABSENT


class RequestFulfillmentConfigOutput(BaseModel):
    manual_steps_needed: StrictBool | None = ABSENT
    manual_instructions: str | None = ABSENT
    time_based_access: list[str] = ABSENT
    time_based_access_override: StrictBool | None = ABSENT
    provisioning_group: Group | None = ABSENT
    provisioning_webhook: InlineWebhook | None = ABSENT


class TaskActionTransition(BaseModel):
    transition_to: (
        Literal[
            "PENDING",
            "ACCEPTED",
            "COMPLETED",
            "DISMISSED",
            "BLOCKED",
            "STAGED",
            "RETRIED",
            "EXPIRED",
        ]
        | None
    ) = ABSENT


class TaskAssignee(BaseModel):
    id: str
    type: Literal["USER", "GROUP"]
    name: str | None = ABSENT
    email: str | None = ABSENT


class User(BaseModel):
    id: str
    email: str | None = ABSENT
    given_name: str | None = ABSENT
    family_name: str | None = ABSENT
    status: Literal["STAGED", "ACTIVE", "SUSPENDED", "INACTIVE"] | None = ABSENT


class Account(BaseModel):
    id: str
    app_id: str
    account_type: Literal["USER", "ROLE", "SERVICE"]
    status: (
        Literal[
            "DISCOVERED",
            "STAGED",
            "ACCESS_CREATED",
            "ACTIVE",
            "ARCHIVED",
            "SUSPENDED",
            "DEPROVISIONED",
            "MANUALLY_REMOVED",
            "ACCESS_REMOVED",
            "NON_CORPORATE_ACCOUNT",
            "WAITING_MANUAL_REMOVAL",
        ]
        | None
    ) = ABSENT
    app: App | None = ABSENT
    unique_identifier: str
    email: str | None = ABSENT
    user_id: str | None = ABSENT
    discovered_at: datetime | None = ABSENT
    last_login: datetime | None = ABSENT
    last_activity: datetime | None = ABSENT
    sources: list[
        Literal[
            "GSUITE_QUICK_INBOX",
            "GSUITE_DEEP_INBOX",
            "MICROSOFT_DEEP_INBOX",
            "MICROSOFT_OAUTH",
            "MICROSOFT_GCC",
            "GSUITE_OAUTH",
            "OKTA",
            "MANUAL",
            "ONELOGIN",
            "ATLASSIAN",
            "GOOGLE_CLOUD",
            "LUMOS_INTEGRATION",
            "JUMPCLOUD",
            "CUSTOM",
        ]
    ] = ABSENT


class AddAppToAppStoreInput(BaseModel):
    custom_request_instructions: str = ABSENT
    redirect_url: RedirectUrl | None = ABSENT
    request_flow: AppStoreAppSettingsRequestFlowInput = ABSENT
    provisioning: AppStoreAppSettingsProvisioningInput = ABSENT
    app_id: str


class AllowedGroupsConfigOutput(BaseModel):
    type: Literal["ALL_GROUPS", "SPECIFIED_GROUPS"] = "ALL_GROUPS"
    groups: Annotated[list[Group], Field(validate_default=True)] = []


class AppAdminsOutput(BaseModel):
    groups: Annotated[list[Group], Field(validate_default=True)] = []
    users: Annotated[list[User], Field(validate_default=True)] = []


class AppApproversOutput(BaseModel):
    groups: Annotated[list[Group], Field(validate_default=True)] = []
    users: Annotated[list[User], Field(validate_default=True)] = []


class AppSettingInput(BaseModel):
    custom_request_instructions: str = ABSENT
    redirect_url: RedirectUrl | None = ABSENT
    request_flow: AppStoreAppSettingsRequestFlowInput = ABSENT
    provisioning: AppStoreAppSettingsProvisioningInput = ABSENT
    in_app_store: StrictBool = False


class AppStoreAppSettingsInput(BaseModel):
    custom_request_instructions: str = ABSENT
    redirect_url: RedirectUrl | None = ABSENT
    request_flow: AppStoreAppSettingsRequestFlowInput = ABSENT
    provisioning: AppStoreAppSettingsProvisioningInput = ABSENT


class AppStoreAppSettingsRequestFlowOutput(BaseModel):
    discoverability: Literal["FULL", "LIMITED", "NONE"] = ABSENT
    custom_approval_message: str = ABSENT
    require_manager_approval: StrictBool = ABSENT
    require_additional_approval: StrictBool = ABSENT
    allowed_groups: Annotated[AllowedGroupsConfigOutput | None, Field(validate_default=True)] = {
        "type": "ALL_GROUPS",
        "groups": [],
    }
    approvers: Annotated[AppApproversOutput, Field(validate_default=True)] = {
        "groups": [],
        "users": [],
    }
    approvers_stage_2: Annotated[AppApproversOutput, Field(validate_default=True)] = {
        "groups": [],
        "users": [],
    }
    response_describes_entire_approval_workflow: StrictBool = False
    admins: Annotated[AppAdminsOutput, Field(validate_default=True)] = []
    request_validation_inline_webhook: InlineWebhook | None = ABSENT


class ApproverOutput(BaseModel):
    type: Literal["USER", "GROUP"]
    user: User | None = ABSENT
    group: Group | None = ABSENT


class CustomAttribute(BaseModel):
    type: Literal["TEXT", "USER", "SINGLE_SELECT"]
    value: str | list[User] | datetime | int | None = ABSENT


class PageAccount(BaseModel):
    items: list[Account]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class PagePreApprovalRuleOutput(BaseModel):
    items: list[PreApprovalRuleOutput]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class PageUser(BaseModel):
    items: list[User]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class RequestApprovalConfigInput(BaseModel):
    request_approval_config_override: StrictBool | None = ABSENT
    manager_approval: Literal["NONE", "INITIAL_APPROVAL"] | None = "NONE"
    require_additional_approval: StrictBool | None = ABSENT
    custom_approval_message: str | None = ABSENT
    custom_approval_message_override: StrictBool | None = ABSENT
    approvers: AppApproversInput = ABSENT
    approvers_stage_2: AppApproversInput = ABSENT
    request_approval_stages: list[RequestApprovalStageInput] | None = ABSENT


class RequestApprovalStageOutput(BaseModel):
    approvers: list[ApproverOutput] | None = ABSENT


class RequestConfigInputCreate(BaseModel):
    appstore_visibility: Literal["HIDDEN", "VISIBLE"] | None = "HIDDEN"
    allowed_groups_override: StrictBool | None = ABSENT
    allowed_groups: AllowedGroupsConfigInput | None = ABSENT
    request_approval_config: RequestApprovalConfigInput | None = ABSENT
    access_removal_inline_webhook: BaseInlineWebhook | None = ABSENT
    request_validation_inline_webhook: BaseInlineWebhook | None = ABSENT
    request_fulfillment_config: RequestFulfillmentConfigInput | None = ABSENT


class RequestConfigInputUpdate(BaseModel):
    appstore_visibility: Literal["HIDDEN", "VISIBLE"] | None = "HIDDEN"
    allowed_groups_override: StrictBool | None = ABSENT
    allowed_groups: AllowedGroupsConfigInput | None = ABSENT
    request_approval_config: RequestApprovalConfigInput | None = ABSENT
    access_removal_inline_webhook: BaseInlineWebhook | None = ABSENT
    request_validation_inline_webhook: BaseInlineWebhook | None = ABSENT
    request_fulfillment_config: RequestFulfillmentConfigInputUpdate | None = ABSENT


class RequestablePermissionInput(BaseModel):
    app_id: str
    app_class_id: str | None = ABSENT
    app_instance_id: str | None = ABSENT
    label: str
    request_config: RequestConfigInputCreate | None = ABSENT


class RequestablePermissionInputUpdate(BaseModel):
    app_id: str | None = ABSENT
    app_class_id: str | None = ABSENT
    app_instance_id: str | None = ABSENT
    label: str | None = ABSENT
    request_config: RequestConfigInputUpdate | None = ABSENT


class TaskAction(BaseModel):
    action_type: str
    transitions: list[TaskActionTransition]


class TaskComment(BaseModel):
    body: str
    created_by: User | None = ABSENT
    created_at: datetime


class UserWithCustomAttributes(BaseModel):
    id: str
    email: str | None = ABSENT
    given_name: str | None = ABSENT
    family_name: str | None = ABSENT
    status: Literal["STAGED", "ACTIVE", "SUSPENDED", "INACTIVE"] | None = ABSENT
    custom_attributes: dict[str, CustomAttribute] | None = ABSENT


class AppStoreApp(BaseModel):
    id: str
    app_class_id: str
    instance_id: str
    user_friendly_label: str
    status: Literal[
        "DISCOVERED", "IN_REVIEW", "NEEDS_REVIEW", "APPROVED", "BLOCKLISTED", "DEPRECATED"
    ]
    sources: list[
        Literal[
            "GSUITE_QUICK_INBOX",
            "GSUITE_DEEP_INBOX",
            "MICROSOFT_DEEP_INBOX",
            "MICROSOFT_OAUTH",
            "MICROSOFT_GCC",
            "GSUITE_OAUTH",
            "OKTA",
            "MANUAL",
            "ONELOGIN",
            "ATLASSIAN",
            "GOOGLE_CLOUD",
            "LUMOS_INTEGRATION",
            "JUMPCLOUD",
            "CUSTOM",
        ]
    ]
    allow_multiple_permission_selection: StrictBool
    logo_url: str | None = ABSENT
    website_url: str | None = ABSENT
    request_instructions: str | None = ABSENT
    description: str | None = ABSENT
    category: str | None = ABSENT
    disconnected: StrictBool
    links: AppLinks
    sync_status: Literal["SYNCING", "SUCCESS", "FAILED"] | None = ABSENT
    custom_attributes: dict[str, CustomAttribute] | None = ABSENT


class AppWithCustomAttributes(BaseModel):
    id: str
    app_class_id: str
    instance_id: str
    user_friendly_label: str
    status: Literal[
        "DISCOVERED", "IN_REVIEW", "NEEDS_REVIEW", "APPROVED", "BLOCKLISTED", "DEPRECATED"
    ]
    sources: list[
        Literal[
            "GSUITE_QUICK_INBOX",
            "GSUITE_DEEP_INBOX",
            "MICROSOFT_DEEP_INBOX",
            "MICROSOFT_OAUTH",
            "MICROSOFT_GCC",
            "GSUITE_OAUTH",
            "OKTA",
            "MANUAL",
            "ONELOGIN",
            "ATLASSIAN",
            "GOOGLE_CLOUD",
            "LUMOS_INTEGRATION",
            "JUMPCLOUD",
            "CUSTOM",
        ]
    ]
    allow_multiple_permission_selection: StrictBool
    logo_url: str | None = ABSENT
    website_url: str | None = ABSENT
    request_instructions: str | None = ABSENT
    description: str | None = ABSENT
    category: str | None = ABSENT
    disconnected: StrictBool
    links: AppLinks
    sync_status: Literal["SYNCING", "SUCCESS", "FAILED"] | None = ABSENT
    custom_attributes: dict[str, CustomAttribute] | None = ABSENT


class PageAppStoreApp(BaseModel):
    items: list[AppStoreApp]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class PageAppWithCustomAttributes(BaseModel):
    items: list[AppWithCustomAttributes]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class PageUserWithCustomAttributes(BaseModel):
    items: list[UserWithCustomAttributes]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class RequestApprovalConfigOutput(BaseModel):
    request_approval_config_override: StrictBool | None = ABSENT
    manager_approval: Literal["NONE", "INITIAL_APPROVAL"] | None = "NONE"
    require_additional_approval: StrictBool | None = ABSENT
    custom_approval_message: str | None = ABSENT
    custom_approval_message_override: StrictBool | None = ABSENT
    approvers: AppApproversOutput | None = ABSENT
    approvers_stage_2: AppApproversOutput | None = ABSENT
    request_approval_stages: Annotated[
        list[RequestApprovalStageOutput] | None, Field(validate_default=True)
    ] = [{}]
    response_describes_entire_approval_workflow: StrictBool | None = ABSENT


class RequestConfigOutput(BaseModel):
    appstore_visibility: Literal["HIDDEN", "VISIBLE"] | None = "HIDDEN"
    allowed_groups_override: StrictBool | None = ABSENT
    allowed_groups: Annotated[AllowedGroupsConfigOutput | None, Field(validate_default=True)] = {
        "type": "ALL_GROUPS",
        "groups": [],
    }
    request_approval_config: Annotated[
        RequestApprovalConfigOutput | None, Field(validate_default=True)
    ] = {
        "manager_approval": "NONE",
        "request_approval_stages": [{}],
    }
    request_fulfillment_config: Annotated[
        RequestFulfillmentConfigOutput | None, Field(validate_default=True)
    ] = {}
    access_removal_inline_webhook: InlineWebhook | None = ABSENT
    request_validation_inline_webhook: InlineWebhook | None = ABSENT


class RequestablePermissionOutput(BaseModel):
    id: str = ABSENT
    type: Literal["SYNCED", "NATIVE"] | None = ABSENT
    label: str
    app_id: str
    app_class_id: str
    app_instance_id: str
    request_config: RequestConfigOutput = ABSENT


class Task(BaseModel):
    id: str
    task_type: str
    task_category: Literal[
        "MANAGER_APPROVAL", "APPROVAL", "PROVISIONING", "DEPROVISIONING", "ERROR", "GENERIC"
    ]
    status: Literal[
        "PENDING", "ACCEPTED", "COMPLETED", "DISMISSED", "BLOCKED", "STAGED", "RETRIED", "EXPIRED"
    ]
    description: str | None = ABSENT
    instructions: str | None = ABSENT
    product_area: (
        Literal[
            "ACCESS_REVIEWS",
            "APPSTORE",
            "MOVER",
            "ATTRIBUTE_SYNC",
            "OFFBOARDING",
            "ONBOARDING",
            "PLATFORM",
            "SAVINGS",
        ]
        | None
    ) = ABSENT
    app: BaseApp | None = ABSENT
    target_user: User | None = ABSENT
    resolved_by: User | None = ABSENT
    created_at: datetime
    updated_at: datetime
    assignees: list[TaskAssignee] | None = ABSENT
    actions: list[TaskAction] | None = ABSENT
    comments: list[TaskComment] | None = ABSENT
    access_request_id: str | None = ABSENT
    requestable_permission_id: str | None = ABSENT


class AccessRequest(BaseModel):
    id: str
    app_id: str
    app_name: str
    requester_user: User
    target_user: User
    supporter_user: User | None = ABSENT
    status: Literal[
        "PENDING",
        "PENDING_MANAGER_APPROVAL",
        "MANAGER_APPROVED",
        "MANAGER_DENIED",
        "PENDING_APPROVAL",
        "APPROVED",
        "DENIED",
        "EXPIRED",
        "CANCELLED",
        "PENDING_PROVISIONING",
        "PENDING_MANUAL_PROVISIONING",
        "DENIED_PROVISIONING",
        "PROVISIONED",
        "PENDING_DEPROVISIONING",
        "PENDING_MANUAL_DEPROVISIONING",
        "TIME_BASED_EXPIRED",
        "COMPLETED",
        "REVERTING",
        "REVERTED",
        "TIME_BASED_EXPIRED_FAILED",
        "TIME_BASED_EXPIRED_CANCELLED",
    ]
    notes: dict[str, str | None] = {}
    expires_at: datetime | None = ABSENT
    expiration_in_seconds: int | None = ABSENT
    requestable_permissions: list[RequestablePermissionOutput] | None = ABSENT
    requested_at: datetime | None = ABSENT
    tasks: list[Task] | None = ABSENT
    custom_fields: list[CustomIntakeFieldResponseOutput] | None = ABSENT


class AppStoreAppSettingsProvisioningOutput(BaseModel):
    groups_provisioning: Literal["DIRECT_TO_USER", "GROUPS_AND_HIDDEN", "GROUPS_AND_VISIBLE"] = (
        ABSENT
    )
    time_based_access: list[str] = ABSENT
    allow_multiple_permission_selection: StrictBool = ABSENT
    manual_steps_needed: StrictBool = ABSENT
    custom_provisioning_instructions: str | None = ABSENT
    default_time_based_access_option: str | None = ABSENT
    default_permission: RequestablePermissionOutput | None = ABSENT
    provisioning_webhook: InlineWebhook | None = ABSENT
    access_removal_inline_webhook: InlineWebhook | None = ABSENT


class PageAccessRequest(BaseModel):
    items: list[AccessRequest]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class PageRequestablePermissionOutput(BaseModel):
    items: list[RequestablePermissionOutput]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class PageTask(BaseModel):
    items: list[Task]
    total: Total | None
    page: Page | None
    size: Size | None
    pages: Pages | None = ABSENT


class AppSettingOutput(BaseModel):
    custom_request_instructions: str = ABSENT
    redirect_url: RedirectUrl | None = ABSENT
    request_flow: AppStoreAppSettingsRequestFlowOutput = ABSENT
    provisioning: AppStoreAppSettingsProvisioningOutput = ABSENT
    in_app_store: StrictBool = False


class AppStoreAppSettingsOutput(BaseModel):
    custom_request_instructions: str = ABSENT
    redirect_url: RedirectUrl | None = ABSENT
    request_flow: AppStoreAppSettingsRequestFlowOutput = ABSENT
    provisioning: AppStoreAppSettingsProvisioningOutput = ABSENT
