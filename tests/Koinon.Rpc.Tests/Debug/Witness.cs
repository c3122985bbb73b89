using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.State;
using Koinon.State.Proofs;
using Koinon.State.Stored;

namespace Koinon.Rpc.Tests.Debug;

/// <summary>What <c>debug_executionWitness</c> answers, and a run of the block on nothing else.</summary>
internal sealed record Witness(
    IReadOnlyList<ReadOnlyMemory<byte>> State,
    IReadOnlyList<ReadOnlyMemory<byte>> Codes,
    IReadOnlyList<ReadOnlyMemory<byte>> Keys,
    IReadOnlyList<BlockHeader> Headers)
{
    public static Witness Read(JsonElement answer) => new(
        BytesOf(answer, "state"),
        BytesOf(answer, "codes"),
        BytesOf(answer, "keys"),
        [.. BytesOf(answer, "headers").Select(HeaderOf)]);

    /// <summary>
    /// Runs the block: only its rules come from the chain; state, code and the hashes before it from the witness.
    /// </summary>
    public string? FaultOf(Ledger ledger, LedgerBlock block)
    {
        Assert.True(ledger.TryGet(block.Header.ParentHash, out LedgerBlock? actual));
        using ExecutionResources resources = new();
        BlockExecutor executor = new(
            ledger.Schedule, Merged.For(ledger.Genesis.Network, caches: null), resources);
        try
        {
            BlockHeader header = Headers[^1];
            WorldState state = StateWitness.Restore(header.StateRoot, State, Codes, Keys);
            LedgerBlock parent = new()
            {
                Block = new Block { Header = header },
                Sealed = new SealedHeader(header, ledger.Consensus.HashOf(header), header.Beneficiary),
                Rules = actual.Rules,
                TotalDifficulty = actual.TotalDifficulty,
                Receipts = [],
                State = state,
            };
            Given given = new(ledger, Headers, hasUncles: block.Block.Uncles.Count > 0);
            BlockVerdict verdict = executor.Execute(block.Block, parent, given).Verdict;
            return verdict.IsValid ? null : $"{verdict.Error} {verdict.Detail}";
        }
        catch (StateUnavailableException missing)
        {
            return missing.Message;
        }
    }

    private static ReadOnlyMemory<byte>[] BytesOf(JsonElement answer, string name) =>
        [.. answer.GetProperty(name).EnumerateArray().Select(ReadOnlyMemory<byte> (item) =>
            Hex.TryDecode(item.GetString()!, out byte[] bytes) ? bytes : throw new FormatException(name))];

    private static BlockHeader HeaderOf(ReadOnlyMemory<byte> encoded)
    {
        Assert.True(BlockHeader.TryDecode(encoded.Span, out BlockHeader? header, out _));
        return header;
    }

    private sealed class Given(Ledger ledger, IReadOnlyList<BlockHeader> headers, bool hasUncles) : IBlockSource
    {
        public bool TryGet(in Hash256 hash, out LedgerBlock block)
        {
            // Whether uncles may be there is no matter of state: their ancestors are the chain's.
            block = null!;
            return hasUncles && ledger.TryGet(hash, out block!);
        }

        public bool TryGetHash(LedgerBlock descendant, ulong number, out Hash256 hash)
        {
            BlockHeader? header = headers.FirstOrDefault(one => one.Number == number);
            hash = header is null ? default : ledger.Consensus.HashOf(header);
            return header is not null;
        }
    }
}
