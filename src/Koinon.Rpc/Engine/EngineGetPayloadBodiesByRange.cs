using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary>
/// <c>engine_getPayloadBodiesByRangeV1</c>: bodies of canonical blocks, <c>null</c> for those no longer kept.
/// </summary>
/// <param name="ledger">The chain.</param>
/// <param name="options">How many at once.</param>
internal sealed class EngineGetPayloadBodiesByRange(Ledger ledger, EngineOptions options)
    : RpcQuery<(ulong Start, ulong Count), IReadOnlyList<PayloadBodyJson?>>
{
    /// <inheritdoc/>
    public override string Name => "engine_getPayloadBodiesByRangeV1";

    /// <inheritdoc/>
    protected override (ulong Start, ulong Count) Read(ref ParameterReader reader) =>
        (reader.UInt64(), reader.UInt64());

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<PayloadBodyJson?>> Answer((ulong Start, ulong Count) parameters)
    {
        (ulong start, ulong count) = parameters;
        if (start == 0 || count == 0)
        {
            return RpcError.InvalidParameters($"start {start} and count {count}: both must be at least 1");
        }

        if (count > (ulong)options.BodiesMax)
        {
            return EngineErrors.TooLargeRequest;
        }

        ulong head = ledger.Head.Number;
        List<PayloadBodyJson?> bodies = [];
        for (ulong i = 0; i < count && start <= head && i <= head - start; i++)
        {
            bodies.Add(ledger.TryGet(start + i, out LedgerBlock? block) ? PayloadBodyJson.Of(block.Block) : null);
        }

        return bodies;
    }
}
