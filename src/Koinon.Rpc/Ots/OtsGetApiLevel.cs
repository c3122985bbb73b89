using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_getApiLevel</c>: which methods Otterscan finds here.</summary>
public sealed class OtsGetApiLevel : RpcStreamMethod<NoParameters>
{
    private const int Level = 8;

    /// <inheritdoc/>
    public override string Name => "ots_getApiLevel";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        NoParameters parameters, CancellationToken cancellation) => new((RpcStreamBody)Write);

    private static RpcError? Write(RpcValueStream stream)
    {
        stream.Json.WriteNumberValue(Level);
        return null;
    }
}
