"""The Python SDK's tests: `cargo xtask python`, or `python -m unittest` in guest-sdk/python with the variables set that
`tests.support` reads.
"""
