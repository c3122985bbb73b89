using System.Text.Json.Nodes;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Forking;

namespace Koinon.Rpc.Development.Settings;

/// <summary><c>anvil_nodeInfo</c>: what the chain is like.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="fees">Says what the next block asks.</param>
/// <param name="remote">The chain it forks off; <see langword="null"/> where it is its own.</param>
public sealed class AnvilNodeInfo(Ledger ledger, BlockProducer producer, FeeOracle fees, IRemoteChain? remote)
    : RpcQuery<NoParameters, JsonNode>
{
    /// <inheritdoc/>
    public override string Name => "anvil_nodeInfo";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_nodeInfo"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<JsonNode> Answer(NoParameters parameters)
    {
        LedgerBlock head = ledger.Head;
        UInt256 baseFee = fees.NextBaseFee();
        ForkDescription? fork = remote?.Description;
        return new JsonObject
        {
            ["currentBlockNumber"] = Quantity(head.Number),
            ["currentBlockTimestamp"] = head.Header.Timestamp,
            ["currentBlockHash"] = head.Hash.ToString(),
            ["hardFork"] = ledger.RulesAfter(head).Fork.Name,
            ["transactionOrder"] = producer.Settings.Order == TransactionOrder.Fees ? "fees" : "fifo",
            ["environment"] = new JsonObject
            {
                ["baseFee"] = Quantity(baseFee),
                ["chainId"] = (ulong)ledger.Genesis.Network.ChainIdNow,
                ["gasLimit"] = Quantity(producer.Settings.GasLimit ?? head.Header.GasLimit),
                ["gasPrice"] = Quantity(baseFee + fees.Tip()),
            },
            ["forkConfig"] = new JsonObject
            {
                ["forkUrl"] = fork?.Endpoint,
                ["forkBlockNumber"] = fork?.Number,
                ["forkRetryBackoff"] = (ulong?)fork?.Backoff.TotalMilliseconds,
            },
        };
    }

    private static string Quantity(in UInt256 value) => value.ToString("x", null);
}
