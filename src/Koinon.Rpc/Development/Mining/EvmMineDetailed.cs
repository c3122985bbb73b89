using System.Text.Json.Nodes;
using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Mining;

/// <summary>
/// <c>evm_mine_detailed</c>: builds blocks as <c>evm_mine</c> does, and answers with them, with what their transactions
/// returned.
/// </summary>
/// <param name="ledger">The chain.</param>
/// <param name="miner">Builds blocks.</param>
/// <param name="outcomes">Says what transactions returned.</param>
public sealed class EvmMineDetailed(Ledger ledger, Miner miner, MinedOutcomes outcomes)
    : RpcMethod<MineRequest?, JsonNode>
{
    /// <inheritdoc/>
    public override string Name => "evm_mine_detailed";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["anvil_mine_detailed", "hardhat_mine_detailed"];

    /// <inheritdoc/>
    protected override MineRequest? Read(ref ParameterReader reader) => reader.Optional(MineRequest.Read);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<JsonNode>> RunAsync(
        MineRequest? parameters, CancellationToken cancellation)
    {
        ulong before = ledger.Head.Number;
        RpcError? error = await miner.MineAsync(parameters ?? new MineRequest(null), cancellation)
            .ConfigureAwait(false);
        if (error is not null)
        {
            return error;
        }

        JsonArray blocks = [];
        for (ulong number = before + 1; ledger.TryGet(number, out LedgerBlock? block); number++)
        {
            blocks.Add(outcomes.Describe(block));
        }

        return blocks;
    }
}
