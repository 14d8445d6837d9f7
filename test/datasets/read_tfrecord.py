"""Prints the examples of a TFRecord file as JSON, byte lists in hex: from the formats' descriptions, with Python's own library alone."""
import json
import struct
import sys


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 & -(crc & 1))
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 2:
            length, at = varint(data, at)
            yield key >> 3, data[at : at + length]
            at += length
        else:
            value, at = varint(data, at)
            yield key >> 3, value


def integers(data):
    found, at = [], 0
    for field, value in fields(data):
        if isinstance(value, int):
            found.append(value)
        else:
            while at < len(value):
                number, at = varint(value, at)
                found.append(number)
    return found


def feature(data):
    ((kind, content),) = fields(data)
    if kind == 3:
        return integers(content)
    ((_, value),) = fields(content)
    return value.hex()


def records(data):
    at = 0
    while at < len(data):
        (length,) = struct.unpack_from("<Q", data, at)
        assert struct.unpack_from("<I", data, at + 8)[0] == masked(data[at : at + 8])
        body = data[at + 12 : at + 12 + length]
        assert struct.unpack_from("<I", data, at + 12 + length)[0] == masked(body)
        at += 16 + length
        yield body


examples = []
for record in records(open(sys.argv[1], "rb").read()):
    example = {}
    for _, features in fields(record):
        for _, entry in fields(features):
            name, value = (part for _, part in fields(entry))
            example[name.decode()] = feature(value)
    examples.append(example)
print(json.dumps(examples))
