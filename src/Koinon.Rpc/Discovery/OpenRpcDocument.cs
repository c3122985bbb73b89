using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Discovery;

/// <summary>Describes methods in the form of OpenRPC 1.3, from their classes.</summary>
internal static class OpenRpcDocument
{
    private const string AddressPattern = "^0x[0-9a-fA-F]{40}$";
    private const string HashPattern = "^0x[0-9a-f]{64}$";
    private const string QuantityPattern = "^0x(0|[1-9a-f][0-9a-f]*)$";
    private const string DataPattern = "^0x([0-9a-f]{2})*$";

    /// <summary>The document.</summary>
    public static JsonObject Of(RpcMethodTable table)
    {
        JsonArray methods = [];
        foreach (RpcMethod method in table.Methods)
        {
            methods.Add(DescriptionOf(method));
        }

        return new JsonObject
        {
            ["openrpc"] = "1.3.2",
            ["info"] = new JsonObject { ["title"] = "Koinon JSON-RPC", ["version"] = "1.0" },
            ["methods"] = methods,
        };
    }

    private static JsonObject DescriptionOf(RpcMethod method)
    {
        RpcMethodShape shape = method.Describe();
        JsonArray parameters = [];
        for (int index = 0; index < shape.Parameters.Count; index++)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = shape.Names[index],
                ["required"] = shape.Parameters[index].IsRequired,
                ["schema"] = SchemaOfParameter(shape.Parameters[index].Type),
            });
        }

        JsonObject description = new()
        {
            ["name"] = method.Name,
            ["params"] = parameters,
            ["paramStructure"] = "by-position",
            ["result"] = new JsonObject
            {
                ["name"] = "result",
                ["schema"] = shape.Result is { } result ? SchemaOfResult(result) : new JsonObject(),
            },
        };
        if (method.Aliases.Count > 0)
        {
            description["x-aliases"] = new JsonArray(
                [.. method.Aliases.Select(static alias => JsonValue.Create(alias))]);
        }

        return description;
    }

    private static JsonObject SchemaOfParameter(Type type) => type switch
    {
        _ when type == typeof(Address) => Text("address", AddressPattern),
        _ when type == typeof(Hash256) => Text("hash of 32 bytes", HashPattern),
        _ when type == typeof(ulong) => new JsonObject { ["title"] = "number: hex, decimal or JSON's own" },
        _ when type == typeof(UInt256) => new JsonObject { ["title"] = "number of up to 256 bits" },
        _ when type == typeof(ReadOnlyMemory<byte>) => Text("bytes", "^0x([0-9a-fA-F]{2})*$"),
        _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
        _ when type == typeof(BlockReference) => new JsonObject { ["title"] = "block number, tag, hash or EIP-1898" },
        _ => new JsonObject { ["title"] = TitleOf(type) },
    };

    private static JsonNode SchemaOfResult(Type type)
    {
        JsonSchemaExporterOptions options = new()
        {
            TransformSchemaNode = Transform,
            TreatNullObliviousAsNonNullable = true,
        };
        return RpcJsonContext.Default.Options.GetJsonSchemaAsNode(type, options);
    }

    /// <summary>Says what our own converters write, which the exporter cannot know.</summary>
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = context.TypeInfo.Type;
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        JsonObject? own = bare switch
        {
            _ when bare == typeof(Quantity) => Text("quantity", QuantityPattern),
            _ when bare == typeof(HexData) => Text("bytes", DataPattern),
            _ when bare == typeof(Hash256) => Text("hash of 32 bytes", HashPattern),
            _ when bare == typeof(Address) => Text("address", "^0x[0-9a-f]{40}$"),
            _ => null,
        };
        return own is null ? schema
            : type == bare ? own
            : new JsonObject { ["oneOf"] = new JsonArray(own, new JsonObject { ["type"] = "null" }) };
    }

    private static JsonObject Text(string title, string pattern) =>
        new() { ["title"] = title, ["type"] = "string", ["pattern"] = pattern };

    private static string TitleOf(Type type)
    {
        string name = type.IsGenericType ? type.GetGenericArguments()[^1].Name : type.Name;
        return type.IsGenericType ? $"list of {name}" : name;
    }
}
