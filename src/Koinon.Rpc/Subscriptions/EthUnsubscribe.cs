using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Subscriptions;

/// <summary>
/// <c>eth_unsubscribe</c>: ends a subscription of the caller's connection; answers whether there was one.
/// </summary>
public sealed class EthUnsubscribe : RpcConnectionMethod<string, bool>
{
    /// <inheritdoc/>
    public override string Name => "eth_unsubscribe";

    /// <summary>Reads the id of a subscription or filter.</summary>
    internal static (string Value, string? Wrong) ReadId(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => (element.GetString()!, null),
        JsonValueKind.Number when element.TryGetUInt64(out ulong number) => ($"0x{number:x}", null),
        _ => ("", "not an id: the string that the subscription or filter was answered with is expected"),
    };

    /// <inheritdoc/>
    protected override string Read(ref ParameterReader reader) => reader.Required(ReadId);

    /// <inheritdoc/>
    protected override RpcResult<bool> Answer(string parameters, RpcConnection connection) =>
        connection.Unsubscribe(parameters);
}
