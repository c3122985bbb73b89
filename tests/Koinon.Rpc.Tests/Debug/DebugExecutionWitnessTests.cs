using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Tests.Tracing;
using Koinon.State;
using Koinon.State.Proofs;
using Koinon.State.Stored;
using static Koinon.Evm.Tests.Language.Bytecode;
using static Koinon.Rpc.Tests.Tracing.Programs;

namespace Koinon.Rpc.Tests.Debug;

/// <summary>A block runs again, to the same roots, on nothing but its witness.</summary>
public sealed class DebugExecutionWitnessTests
{
    // Slot 1 of the genesis is taken away, so that the trie folds; others come and go.
    private static readonly Bytecode Writer =
        Store(1u, 0u) + Store(2u, 20u) + Store(3u, 30u) + Store(4u, 40u) + Opcode.Stop;

    private static readonly Bytecode Eraser =
        Store(2u, 0u) + Store(3u, 0u) + Push(0u) + Opcode.SLoad + Opcode.Pop + Opcode.Stop;

    // The hash of the block that is as many blocks back as slot 0 of the memory says: three.
    private static readonly Bytecode Historian =
        Push(3u) + Opcode.Number + Opcode.Sub + Opcode.BlockHash + Push(9u) + Opcode.SStore + Opcode.Stop;

    [Fact]
    public async Task Witness_OfABlockThatFoldsTries_IsEnoughToRunItAgain()
    {
        using TraceChain chain = new(Writer, Eraser, Historian);
        for (int i = 0; i < 4; i++)
        {
            chain.Mine(TraceChain.First);
        }

        (Address?, ulong, byte[], UInt256) write = (TraceChain.First, 400_000, [], default);
        (Address?, ulong, byte[], UInt256) erase = (TraceChain.Second, 400_000, [], default);
        (Address?, ulong, byte[], UInt256) look = (TraceChain.Third, 400_000, [], default);
        (Address?, ulong, byte[], UInt256) pay = (Address.Parse($"0x{new string('7', 40)}"), 21_000, [], 5u);
        chain.Mine(write, erase, look, pay);
        for (ulong number = 1; number <= chain.Ledger.Head.Number; number++)
        {
            await RunFromWitnessAsync(chain, number);
        }
    }

    [Fact]
    public async Task Witness_WithANodeLess_IsNotEnough()
    {
        using TraceChain chain = new(Writer);
        LedgerBlock block = chain.Mine(TraceChain.First).Block;
        Witness whole = await WitnessAsync(chain, block.Number);
        Hash256 root = chain.Ledger.GenesisBlock.Header.StateRoot;
        Assert.Equal("", Fault(chain, block, root, whole) ?? "");
        for (int left = 0; left < whole.State.Count; left++)
        {
            ReadOnlyMemory<byte>[] nodes = [.. whole.State.Where((_, index) => index != left)];
            Assert.NotNull(Fault(chain, block, root, whole with { State = nodes }));
        }
    }

    [Fact]
    public async Task Witness_OfHistory_HasTheHeadersThatAreAskedFor()
    {
        using TraceChain chain = new(Opcode.Stop, Opcode.Stop, Historian);
        for (int i = 0; i < 5; i++)
        {
            chain.Mine(TraceChain.First);
        }

        chain.Mine(TraceChain.Third);
        Witness witness = await WitnessAsync(chain, 6);
        Assert.Equal([3ul, 4ul, 5ul], witness.Headers.Select(static header => header.Number));
    }

    [Fact]
    public async Task Witness_OfWhatHasNone_IsRefused()
    {
        using TraceChain chain = new(Writer);
        (int code, string message) = await chain.RefuseAsync("debug_executionWitness", """["0x0"]""");
        Assert.Equal((-32000, "genesis is not traceable"), (code, message));
        (code, message) = await chain.RefuseAsync("debug_executionWitness", """["0x5"]""");
        Assert.Equal((-32000, "header not found"), (code, message));
        (code, _) = await chain.RefuseAsync("debug_executionWitness", """["pending"]""");
        Assert.Equal(-32000, code);
    }

    private static async Task RunFromWitnessAsync(TraceChain chain, ulong number)
    {
        Assert.True(chain.Ledger.TryGet(number, out LedgerBlock? block));
        Assert.True(chain.Ledger.TryGet(number - 1, out LedgerBlock? parent));
        Assert.Equal("", Fault(chain, block, parent.Header.StateRoot, await WitnessAsync(chain, number)) ?? "");
    }

    // Only the block's rules come from the chain: its state, its code and the hashes before it from the witness.
    private static string? Fault(TraceChain chain, LedgerBlock block, in Hash256 root, Witness witness)
    {
        using ExecutionResources resources = new();
        BlockExecutor executor = new(
            chain.Ledger.Schedule, Merged.For(chain.Ledger.Genesis.Network, caches: null), resources);
        try
        {
            WorldState state = StateWitness.Restore(root, witness.State, witness.Codes, witness.Keys);
            BlockHeader header = witness.Headers[^1];
            LedgerBlock parent = new()
            {
                Block = new Block { Header = header },
                Sealed = new SealedHeader(header, chain.Ledger.Consensus.HashOf(header), header.Beneficiary),
                Rules = block.Rules,
                TotalDifficulty = UInt256.Zero,
                Receipts = [],
                State = state,
            };
            Given given = new(chain, witness.Headers);
            BlockVerdict verdict = executor.Execute(block.Block, parent, given).Verdict;
            return verdict.IsValid ? null : $"{verdict.Error} {verdict.Detail}";
        }
        catch (StateUnavailableException missing)
        {
            return missing.Message;
        }
    }

    private static async Task<Witness> WitnessAsync(TraceChain chain, ulong number)
    {
        JsonElement answer = await chain.AskAsync("debug_executionWitness", $"""["0x{number:x}"]""");
        return new Witness(
            BytesOf(answer, "state"),
            BytesOf(answer, "codes"),
            BytesOf(answer, "keys"),
            [.. BytesOf(answer, "headers").Select(HeaderOf)]);
    }

    private static ReadOnlyMemory<byte>[] BytesOf(JsonElement answer, string name) =>
        [.. answer.GetProperty(name).EnumerateArray().Select(ReadOnlyMemory<byte> (item) =>
            Hex.TryDecode(item.GetString()!, out byte[] bytes) ? bytes : throw new FormatException(name))];

    private static BlockHeader HeaderOf(ReadOnlyMemory<byte> encoded)
    {
        Assert.True(BlockHeader.TryDecode(encoded.Span, out BlockHeader? header, out _));
        return header;
    }

    private sealed record Witness(
        IReadOnlyList<ReadOnlyMemory<byte>> State,
        IReadOnlyList<ReadOnlyMemory<byte>> Codes,
        IReadOnlyList<ReadOnlyMemory<byte>> Keys,
        IReadOnlyList<BlockHeader> Headers);

    private sealed class Given(TraceChain chain, IReadOnlyList<BlockHeader> headers) : IBlockSource
    {
        public bool TryGet(in Hash256 hash, out LedgerBlock block)
        {
            block = null!;
            return false;
        }

        public bool TryGetHash(LedgerBlock descendant, ulong number, out Hash256 hash)
        {
            BlockHeader? header = headers.FirstOrDefault(one => one.Number == number);
            hash = header is null ? default : chain.Ledger.Consensus.HashOf(header);
            return header is not null;
        }
    }
}
