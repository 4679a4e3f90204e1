#!/usr/bin/python
# Changes the configuration of Prosody by operations of prosodist. MIT license.
"""Runs `prosodist patch -f -`: --check in Ansible's check mode, --write otherwise. Changed, diff and refusals come from its JSON."""

import json

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = r"""
module: prosodist_patch
short_description: Changes the configuration of Prosody, all or nothing
description:
  - Does a list of operations with C(prosodist patch); what is so already is not written again.
  - Secrets are masked in the diff, and the operations are neither logged nor returned.
options:
  operations: {type: list, elements: dict, required: true, description: Operations as docs/operations.md has them.}
  entry: {type: path, default: /etc/prosody, description: The folder of the configuration, or its main file.}
  prosody: {type: str, choices: ["0.12", "13.0"], description: Version to judge by; the installed one unless given.}
  verify: {type: list, elements: str, default: [], description: "luac, prosodyctl, or commands with %s, which must accept the new files."}
  backup: {type: bool, default: false, description: Also leave each old text beside its file.}
  executable: {type: path, default: prosodist, description: The program.}
"""

EXAMPLES = r"""
- prosodist_patch:
    operations:
      - {op: set, scope: {host: meet.example.com}, name: authentication, value: token}
"""


def whole_diff(report):
    """The diff of the changed files, and what is new or goes, as Ansible prints it with --diff."""
    parts = [changed["diff"] for changed in report["files"]]
    for new in report["creates"]:
        text = "".join("+%s\n" % line for line in new["text"].splitlines())
        parts.append("--- /dev/null\n+++ %s\n%s" % (new["file"], text))
    parts += ["link %s -> %s\n" % (link["path"], link["target"]) for link in report["links"]]
    parts += ["remove %s\n" % path for path in report["removes"]]
    return "".join(parts)


def main():
    module = AnsibleModule(
        argument_spec={
            "operations": {"type": "list", "elements": "dict", "required": True},
            "entry": {"type": "path", "default": "/etc/prosody"},
            "prosody": {"type": "str", "choices": ["0.12", "13.0"]},
            "verify": {"type": "list", "elements": "str", "default": []},
            "backup": {"type": "bool", "default": False},
            "executable": {"type": "path", "default": "prosodist"},
        },
        supports_check_mode=True,
        # the operations may hold secrets: what is called is not logged
        no_log=True,
    )
    given = module.params
    # nor returned
    told = dict(given, operations="%d operations" % len(given["operations"]))
    command = [module.get_bin_path(given["executable"], required=True), "patch", "-f", "-", "--format", "json"]
    command.append("--check" if module.check_mode else "--write")
    if given["prosody"]:
        command += ["--prosody", given["prosody"]]
    if not module.check_mode:
        for verify in given["verify"]:
            command += ["--verify", verify]
        if given["backup"]:
            command.append("--backup")
    command.append(given["entry"])
    status, out, err = module.run_command(command, data=json.dumps(given["operations"]), binary_data=False)
    # not "rc": Ansible takes any but 0 for a failure
    answer = {"status": status, "invocation": {"module_args": told}}
    try:
        report = json.loads(out)
    except ValueError:
        module.fail_json(msg=err.strip() or "prosodist ended with status %d" % status, **answer)
    if status not in (0, 1):
        lines = ["%(code)s: %(message)s (%(remedy)s)" % refusal for refusal in report["refusals"]]
        module.fail_json(msg="refused, nothing was written\n" + "\n".join(lines), refusals=report["refusals"], **answer)
    module.exit_json(
        changed=report["changed"],
        outcomes=report["outcomes"],
        warnings=report.get("warnings", []),
        write_id=report.get("id"),
        diff={"prepared": whole_diff(report)},
        **answer
    )


if __name__ == "__main__":
    main()
