using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_preimage</c>: the address or the slot behind a hash, if it was ever stored.</summary>
/// <param name="ledger">The chain.</param>
public sealed class DebugPreimage(Ledger ledger) : RpcQuery<Hash256, HexData>
{
    /// <inheritdoc/>
    public override string Name => "debug_preimage";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer(Hash256 parameters) =>
        ledger.FindPreimage(parameters) is { } preimage
            ? (HexData)preimage
            : RpcError.Server("unknown preimage");
}
