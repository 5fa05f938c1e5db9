# snakepen: {"args": ["10.20.0.0/22", "10.20.1.77", "192.168.1.300", "2001:db8::1"]}
import ipaddress
import sys

network = ipaddress.ip_network(sys.argv[1])
print(f"{network}: {network.num_addresses} addresses, mask {network.netmask}, broadcast {network.broadcast_address}")
for number, subnet in enumerate(network.subnets(new_prefix=24)):
    hosts = list(subnet.hosts())
    print(f"  office {number}: {subnet} ({hosts[0]} .. {hosts[-1]})")

for text in sys.argv[2:]:
    try:
        address = ipaddress.ip_address(text)
    except ValueError as err:
        print("error:", err)
        continue
    inside = address.version == network.version and address in network
    print(address, f"v{address.version}", "inside" if inside else "outside", "private" if address.is_private else "public")

six = ipaddress.ip_address("2001:db8::1")
print(six.exploded, six.reverse_pointer[:15], int(ipaddress.ip_address("0.0.1.0")))
print(list(ipaddress.summarize_address_range(*map(ipaddress.IPv4Address, ("10.0.0.0", "10.0.0.6")))))
print(list(ipaddress.collapse_addresses(map(ipaddress.ip_network, ("10.1.0.0/25", "10.1.0.128/25")))))
try:
    ipaddress.ip_network("10.0.0.1/8")
except ValueError as err:
    print(err)
