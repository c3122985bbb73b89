using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_capabilities</c>: what is kept of the chain, so that routers know whom to ask.</summary>
/// <param name="ledger">The chain.</param>
public sealed class EthCapabilities(Ledger ledger) : RpcQuery<NoParameters, CapabilitiesJson>
{
    /// <inheritdoc/>
    public override string Name => "eth_capabilities";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<CapabilitiesJson> Answer(NoParameters parameters)
    {
        LedgerBlock head = ledger.Head;
        CapabilityJson blocks = new(false, ledger.OldestBlockKept);
        return new CapabilitiesJson
        {
            Head = new HeadJson(head.Number, head.Hash),
            State = new CapabilityJson(false, ledger.OldestStateKept),
            Tx = blocks,
            Logs = blocks,
            Receipts = blocks,
            Blocks = blocks,
            StateProofs = new CapabilityJson(false, ledger.OldestProofKept),
        };
    }
}
