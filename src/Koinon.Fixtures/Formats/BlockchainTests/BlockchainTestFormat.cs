using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.State;

namespace Koinon.Fixtures.Formats.BlockchainTests;

/// <summary>
/// Blockchain tests of both generators: a genesis, blocks that must be taken or refused, and what then stands.
/// </summary>
/// <remarks>
/// Before the merge the ledger chooses its head by total difficulty; after it each valid block in the order of the file
/// becomes the head. The seal is checked where the test says that its blocks were mined.
/// </remarks>
internal sealed class BlockchainTestFormat : IFixtureFormat
{
    // Shared by all workers: a cache takes half a second to build and 16 MiB.
    private readonly EthashCaches _caches = new();

    /// <inheritdoc/>
    public bool Recognises(JsonElement root) =>
        FormatList.FirstHas(root, "blocks", "genesisBlockHeader", "pre", "network");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            if (FormatList.IsComment(test.Name)) continue;
            string network = test.Value.Field("network").Text();
            context.Run(test.Name, network, trace => RunCase(context.Worker.Resources, network, test.Value, trace));
        }
    }

    private CaseVerdict RunCase(ExecutionResources resources, string network, JsonElement test, TraceOutput? trace)
    {
        NetworkParameters parameters = TestNetwork.Read(network, test);
        WorldState pre = WorldState.Empty.Apply(AccountsReader.Read(test.Field("pre")));
        if (ReadGenesis(test, pre, out Block? genesis) is { } wrongGenesis) return CaseVerdict.Fail(wrongGenesis);

        bool isMined = test.TryField("sealEngine", out JsonElement seal) && seal.ValueEquals("Ethash");
        Merged consensus = Merged.For(parameters, isMined ? _caches : null);
        Ledger ledger = new(new Genesis(parameters, genesis!, pre), consensus, resources);
        Hash256 genesisHash = test.Field("genesisBlockHeader").Hash("hash");
        if (ledger.Head.Hash != genesisHash) return CaseVerdict.Differs("genesis hash", genesisHash, ledger.Head.Hash);

        ulong gas = 0;
        int number = 0;
        foreach (JsonElement block in test.Field("blocks").EnumerateArray())
        {
            number++;
            if (BlockchainTestBlock.Run(ledger, block, network, trace, ref gas) is { } failure)
            {
                return CaseVerdict.Fail($"block {number} of the file: {failure}", gas);
            }
        }

        return JudgeHead(ledger.Head, test) is { } wrong ? CaseVerdict.Fail(wrong, gas) : CaseVerdict.Pass(gas);
    }

    private static string? ReadGenesis(JsonElement test, WorldState pre, out Block? genesis)
    {
        JsonElement header = test.Field("genesisBlockHeader");
        if (test.TryField("genesisRLP", out JsonElement rlp))
        {
            if (!Block.TryDecode(rlp.Bytes(), out genesis, out BlockDecodeError error))
            {
                return $"genesisRLP is refused: {error}";
            }
        }
        else
        {
            genesis = new Block { Header = HeaderReader.Read(header) };
        }

        Hash256 root = genesis.Header.StateRoot;
        return root == pre.Root ? null : $"state root of the genesis differs\nexpected {root}\nactual   {pre.Root}";
    }

    private static string? JudgeHead(LedgerBlock head, JsonElement test)
    {
        Hash256 last = test.Hash("lastblockhash");
        if (head.Hash != last)
        {
            return $"last block differs\nexpected {last}\nactual   {head.Hash} (number {head.Number})";
        }

        if (test.TryField("postStateHash", out JsonElement hash) && hash.Hash() != head.State!.Root)
        {
            return $"state root differs\nexpected {hash.Hash()}\nactual   {head.State.Root}";
        }

        return test.TryField("postState", out JsonElement accounts)
            && StateDifference.Find(accounts, head.State!) is { } difference
            ? $"the state differs\n{difference}"
            : null;
    }
}
