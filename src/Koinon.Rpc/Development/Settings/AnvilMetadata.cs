using System.Text.Json.Nodes;
using Koinon.Chain.Ledger;
using Koinon.Rpc.Development.Life;
using Koinon.Rpc.Development.Snapshots;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Forking;

namespace Koinon.Rpc.Development.Settings;

/// <summary>
/// <c>anvil_metadata</c>: which chain this is. Tools ask often: it costs nothing. Another instance means another chain.
/// </summary>
/// <param name="ledger">The chain.</param>
/// <param name="life">The life of the chain.</param>
/// <param name="snapshots">The snapshots of the chain.</param>
/// <param name="clientVersion">What the program says it is.</param>
/// <param name="remote">The chain it forks off; <see langword="null"/> where it is its own.</param>
public sealed class AnvilMetadata(
    Ledger ledger, IDevelopmentLife life, ISnapshots snapshots, string clientVersion, IRemoteChain? remote)
    : RpcQuery<NoParameters, JsonNode>
{
    /// <summary>Of thousands of snapshots the newest are shown.</summary>
    private const int SnapshotsShown = 100;

    /// <inheritdoc/>
    public override string Name => "anvil_metadata";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_metadata"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<JsonNode> Answer(NoParameters parameters)
    {
        LedgerBlock head = ledger.Head;
        JsonObject taken = [];
        foreach (SnapshotPlace place in snapshots.All.TakeLast(SnapshotsShown))
        {
            taken[$"0x{place.Id:x}"] = new JsonArray(place.Number, place.Hash.ToString());
        }

        return new JsonObject
        {
            ["clientVersion"] = clientVersion,
            ["chainId"] = (ulong)ledger.Genesis.Network.ChainIdNow,
            ["instanceId"] = life.Instance.ToString(),
            ["latestBlockNumber"] = head.Number,
            ["latestBlockHash"] = head.Hash.ToString(),
            ["forkedNetwork"] = remote?.Description is { } fork
                ? new JsonObject
                {
                    ["chainId"] = fork.ChainId,
                    ["forkBlockNumber"] = fork.Number,
                    ["forkBlockHash"] = fork.Hash.ToString(),
                }
                : null,
            ["snapshots"] = taken,
        };
    }
}
