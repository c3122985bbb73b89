using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary><c>engine_getPayloadBodiesByHashV1</c>: bodies of blocks, <c>null</c> for those not here.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="options">How many at once.</param>
internal sealed class EngineGetPayloadBodiesByHash(Ledger ledger, EngineOptions options)
    : RpcQuery<IReadOnlyList<Hash256>, IReadOnlyList<PayloadBodyJson?>>
{
    /// <inheritdoc/>
    public override string Name => "engine_getPayloadBodiesByHashV1";

    /// <inheritdoc/>
    protected override IReadOnlyList<Hash256> Read(ref ParameterReader reader) =>
        reader.Required(PayloadReader.ReadHashes);

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<PayloadBodyJson?>> Answer(IReadOnlyList<Hash256> parameters)
    {
        if (parameters.Count > options.BodiesMax)
        {
            return EngineErrors.TooLargeRequest;
        }

        PayloadBodyJson?[] bodies = new PayloadBodyJson?[parameters.Count];
        for (int i = 0; i < bodies.Length; i++)
        {
            bodies[i] = ledger.TryGet(parameters[i], out LedgerBlock? block) ? PayloadBodyJson.Of(block.Block) : null;
        }

        return bodies;
    }
}
