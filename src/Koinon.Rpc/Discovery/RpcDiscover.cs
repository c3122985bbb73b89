using System.Text.Json;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Discovery;

/// <summary><c>rpc.discover</c>: every method that is served, with its parameters and its result (OpenRPC).</summary>
/// <param name="table">What is served.</param>
internal sealed class RpcDiscover(RpcMethodTable table) : RpcQuery<NoParameters, RawJson>
{
    private readonly Lazy<byte[]> _document = new(() =>
        JsonSerializer.SerializeToUtf8Bytes(OpenRpcDocument.Of(table), RpcJsonContext.Default.JsonObject));

    /// <inheritdoc/>
    public override string Name => "rpc.discover";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["rpc_discover"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<RawJson> Answer(NoParameters parameters) => new RawJson(_document.Value);
}
