using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>One request of a body, taken apart.</summary>
internal readonly struct RpcRequest
{
    private const int NameLengthMax = 128;

    private RpcRequest(RpcError error, JsonElement id = default)
    {
        Error = error;
        Id = id;
    }

    private RpcRequest(RpcMethod method, JsonElement id, JsonElement parameters)
    {
        Method = method;
        Id = id;
        Parameters = parameters;
    }

    /// <summary>What is wrong before the parameters are read, or <see langword="null"/>.</summary>
    public RpcError? Error { get; }

    /// <summary>What is asked; present where nothing is wrong.</summary>
    public RpcMethod? Method { get; }

    /// <summary>The caller's id: a number, a string, null, or nothing.</summary>
    public JsonElement Id { get; }

    /// <summary>The parameters, or nothing.</summary>
    public JsonElement Parameters { get; }

    /// <summary>Whether no answer is wanted: a request without an id.</summary>
    public bool IsNotification { get; private init; }

    /// <summary>Takes a request apart.</summary>
    public static RpcRequest Read(JsonElement request, RpcMethodTable methods)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            return new RpcRequest(Invalid("a request is an object"));
        }

        JsonElement id = default, version = default, name = default, parameters = default;
        foreach (JsonProperty member in request.EnumerateObject())
        {
            if (member.NameEquals("id"u8))
            {
                id = member.Value;
            }
            else if (member.NameEquals("method"u8))
            {
                name = member.Value;
            }
            else if (member.NameEquals("params"u8))
            {
                parameters = member.Value;
            }
            else if (member.NameEquals("jsonrpc"u8))
            {
                version = member.Value;
            }
        }

        if (id.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.True or JsonValueKind.False)
        {
            return new RpcRequest(Invalid("id is a number, a string or null"));
        }

        if (version.ValueKind != JsonValueKind.Undefined
            && (version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"u8)))
        {
            return new RpcRequest(Invalid("jsonrpc is \"2.0\""), id);
        }

        if (name.ValueKind != JsonValueKind.String)
        {
            return new RpcRequest(Invalid("method is a string"), id);
        }

        bool isNotification = id.ValueKind == JsonValueKind.Undefined;
        return Find(name, methods) is { } method
            ? new RpcRequest(method, id, parameters) { IsNotification = isNotification }
            : new RpcRequest(methods.Unknown(Shown(name)), id) { IsNotification = isNotification };
    }

    /// <summary>The id as it was written; empty where there is none.</summary>
    public ReadOnlySpan<byte> RawId() =>
        Id.ValueKind is JsonValueKind.Number or JsonValueKind.String ? JsonMarshal.GetRawUtf8Value(Id) : default;

    private static RpcMethod? Find(JsonElement name, RpcMethodTable methods)
    {
        ReadOnlySpan<byte> text = JsonMarshal.GetRawUtf8Value(name)[1..^1];
        if (text.Length > NameLengthMax || text.Contains((byte)'\\'))
        {
            return methods.Find(name.GetString());
        }

        Span<char> characters = stackalloc char[NameLengthMax];
        return methods.Find(characters[..Encoding.UTF8.GetChars(text, characters)]);
    }

    private static string Shown(JsonElement name)
    {
        string text = name.GetString()!;
        return text.Length <= 80 ? text : text[..77] + "...";
    }

    private static RpcError Invalid(string message) => new(RpcErrorCode.InvalidRequest, "invalid request: " + message);
}
