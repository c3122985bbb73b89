using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using Koinon.Rpc.Tests.Conformance;
using Koinon.Rpc.Tests.Tracing;
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
            Assert.True(chain.Ledger.TryGet(number, out LedgerBlock? block));
            Assert.Null((await WitnessAsync(chain, number)).FaultOf(chain.Ledger, block));
        }
    }

    [Fact]
    public async Task Witnesses_OfAChainOfEveryFork_AreEnough()
    {
        using ConformanceChain chain = ConformanceChain.Open();
        ulong oldest = Math.Max(chain.Ledger.OldestProofKept, chain.Ledger.GenesisBlock.Number) + 1;
        for (ulong number = oldest; number <= chain.Ledger.Head.Number; number++)
        {
            Assert.True(chain.Ledger.TryGet(number, out LedgerBlock? block));
            using JsonDocument answer = await chain.AskAsync(
                $$"""{"jsonrpc":"2.0","id":1,"method":"debug_executionWitness","params":["0x{{number:x}}"]}""");
            string? fault = Witness.Read(answer.RootElement.GetProperty("result")).FaultOf(chain.Ledger, block);
            Assert.True(fault is null, $"block {number}: {fault}");
        }

        Assert.True(chain.Ledger.Head.Number - oldest > 40);
    }

    [Fact]
    public async Task Witness_WithANodeLess_IsNotEnough()
    {
        using TraceChain chain = new(Writer);
        LedgerBlock block = chain.Mine(TraceChain.First).Block;
        Witness whole = await WitnessAsync(chain, block.Number);
        Assert.Null(whole.FaultOf(chain.Ledger, block));
        for (int left = 0; left < whole.State.Count; left++)
        {
            ReadOnlyMemory<byte>[] nodes = [.. whole.State.Where((_, index) => index != left)];
            Assert.NotNull((whole with { State = nodes }).FaultOf(chain.Ledger, block));
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

    private static async Task<Witness> WitnessAsync(TraceChain chain, ulong number) =>
        Witness.Read(await chain.AskAsync("debug_executionWitness", $"""["0x{number:x}"]"""));
}
