"""Access requests: who may ask, who decides, what they get, and when it ends.

One request, from left to right:

    check the body → check the caller → settle permissions and length → validation webhook
    → PENDING → pre-approval → manager → stage 1 → stage 2 → APPROVED
    → webhook, group, manual steps → PROVISIONED → COMPLETED → (its time is up) → removal

| File | What it knows |
| --- | --- |
| `statuses` | the 21 statuses and which follows which |
| `requestable` | what can be asked for, with everything that holds for it |
| `lengths`, `pre_approval`, `process` | how long, who needs no approval, who decides; pure |
| `eligibility`, `asking` | who may ask for what; making requests |
| `approval` | from PENDING to APPROVED or denied |
| `provisioning`, `removal`, `grants` | giving access, taking it, and what was given |
| `lifecycle` | the steps that Lumos takes by itself, and the time |
| `tasks`, `assignment`, `acting` | tasks, who has to act on them, and what people do |
| `cancelling` | requests that end because somebody or something is gone |
| `webhooks`, `journal`, `people` | calls to the outside, who gets which message, who is who |
| `records`, `answers` | what is kept, and what Lumos answers |

Where Lumos's documents leave a question open, docs/emulator.md names the answer taken here.
"""
