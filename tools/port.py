"""Can we listen on this host and port? Exit 0, or 2 with a sentence: python -m tools.port HOST PORT"""

import socket
import sys


def fault(host: str, port: str) -> str:
    """Why not, as a sentence; "" when we can."""
    if not (port.isdecimal() and 0 < int(port) < 65536):
        return f"PORT is {port!r}; set it to a number up to 65535, for example: make run PORT=8000"
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        return (
            f"Cannot listen on {host} port {port}: {error.strerror}. "
            "Choose another with HOST and PORT, for example: make run PORT=8001"
        )
    return ""


if __name__ == "__main__":
    said = fault(sys.argv[1], sys.argv[2])
    if said:
        sys.stderr.write(f"{said}\n")
        raise SystemExit(2)
