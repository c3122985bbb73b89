using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Engine;

/// <summary>
/// <c>engine_exchangeTransitionConfigurationV1</c>: compares where both sides see the end of proof of work. Clients
/// have stopped asking; older ones still do, every minute.
/// </summary>
/// <param name="ledger">The chain.</param>
internal sealed class EngineExchangeTransitionConfiguration(Ledger ledger)
    : RpcQuery<TransitionConfiguration, TransitionConfiguration>
{
    /// <summary>What stands for a merge that is not planned: 2²⁵⁶ - 2¹⁰ (EIP-3675).</summary>
    private static readonly UInt256 Never = UInt256.MaxValue - 1_023u;

    /// <inheritdoc/>
    public override string Name => "engine_exchangeTransitionConfigurationV1";

    /// <inheritdoc/>
    protected override TransitionConfiguration Read(ref ParameterReader reader) =>
        reader.Required(ReadConfiguration);

    /// <inheritdoc/>
    protected override RpcResult<TransitionConfiguration> Answer(TransitionConfiguration parameters)
    {
        UInt256 total = Never;
        foreach (ForkActivation activation in ledger.Genesis.Network.Activations)
        {
            total = activation.Kind == ActivationKind.ParentTotalDifficulty ? activation.At : total;
        }

        if (parameters.TerminalTotalDifficulty.Value != total)
        {
            return RpcError.Server(
                $"invalid ttd: execution has {total}, consensus has {parameters.TerminalTotalDifficulty.Value}");
        }

        Hash256 hash = parameters.TerminalBlockHash;
        bool isKnown = hash.IsZero
            || (ledger.TryGet(hash, out LedgerBlock? block)
                && ledger.IsCanonical(block)
                && block.Number == parameters.TerminalBlockNumber.Value);
        return isKnown
            ? parameters with { TerminalTotalDifficulty = total }
            : RpcError.Server($"invalid terminal block hash: {hash} is not block "
                + $"{parameters.TerminalBlockNumber.Value} of this chain");
    }

    private static (TransitionConfiguration Value, string? Wrong) ReadConfiguration(JsonElement element)
    {
        ObjectReader reader = new(element);
        UInt256? total = reader.Quantity("terminalTotalDifficulty");
        Hash256? hash = reader.Hash("terminalBlockHash");
        UInt256? number = reader.Quantity("terminalBlockNumber");
        reader.Note("terminalTotalDifficulty", total is null ? "missing" : null);
        return (
            new TransitionConfiguration(total ?? UInt256.Zero, hash ?? Hash256.Zero, number ?? UInt256.Zero),
            reader.Wrong);
    }
}
