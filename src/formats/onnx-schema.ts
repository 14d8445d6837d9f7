import protobuf from "protobufjs/light.js";

const repeated = (type: string, id: number) => ({rule: "repeated", type, id});

/** The part of onnx.proto3 (ONNX 1.x) that a network of inference needs. */
const SCHEMA = protobuf.Root.fromJSON({
  nested: {
    ModelProto: {
      fields: {
        irVersion: {type: "int64", id: 1},
        producerName: {type: "string", id: 2},
        producerVersion: {type: "string", id: 3},
        graph: {type: "GraphProto", id: 7},
        opsetImport: repeated("OperatorSetIdProto", 8),
        metadataProps: repeated("StringStringEntryProto", 14)
      }
    },
    OperatorSetIdProto: {fields: {domain: {type: "string", id: 1}, version: {type: "int64", id: 2}}},
    StringStringEntryProto: {fields: {key: {type: "string", id: 1}, value: {type: "string", id: 2}}},
    GraphProto: {
      fields: {
        node: repeated("NodeProto", 1),
        name: {type: "string", id: 2},
        initializer: repeated("TensorProto", 5),
        input: repeated("ValueInfoProto", 11),
        output: repeated("ValueInfoProto", 12)
      }
    },
    NodeProto: {
      fields: {
        input: repeated("string", 1),
        output: repeated("string", 2),
        name: {type: "string", id: 3},
        opType: {type: "string", id: 4},
        attribute: repeated("AttributeProto", 5),
        domain: {type: "string", id: 7}
      }
    },
    AttributeProto: {
      fields: {
        name: {type: "string", id: 1},
        f: {type: "float", id: 2},
        i: {type: "int64", id: 3},
        s: {type: "bytes", id: 4},
        t: {type: "TensorProto", id: 5},
        floats: repeated("float", 7),
        ints: repeated("int64", 8),
        strings: repeated("bytes", 9),
        type: {type: "int32", id: 20}
      }
    },
    TensorProto: {
      fields: {
        dims: repeated("int64", 1),
        dataType: {type: "int32", id: 2},
        floatData: repeated("float", 4),
        int32Data: repeated("int32", 5),
        int64Data: repeated("int64", 7),
        name: {type: "string", id: 8},
        rawData: {type: "bytes", id: 9},
        doubleData: repeated("double", 10),
        externalData: repeated("StringStringEntryProto", 13),
        dataLocation: {type: "int32", id: 14}
      }
    },
    ValueInfoProto: {fields: {name: {type: "string", id: 1}, type: {type: "TypeProto", id: 2}}},
    TypeProto: {fields: {tensorType: {type: "TensorTypeProto", id: 1}}},
    TensorTypeProto: {fields: {elemType: {type: "int32", id: 1}, shape: {type: "TensorShapeProto", id: 2}}},
    TensorShapeProto: {fields: {dim: repeated("Dimension", 1)}},
    Dimension: {fields: {dimValue: {type: "int64", id: 1}, dimParam: {type: "string", id: 2}}}
  }
});

/** ONNX's message for a whole file. */
export const MODEL_PROTO = SCHEMA.resolveAll().lookupType("ModelProto");
