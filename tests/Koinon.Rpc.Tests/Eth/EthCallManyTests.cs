using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using Koinon.Rpc.Tests.Tracing;
using static Koinon.Evm.Tests.Language.Bytecode;

namespace Koinon.Rpc.Tests.Eth;

public sealed class EthCallManyTests
{
    // Adds one to slot 1 and returns it; the genesis has 7 there.
    private static readonly Bytecode Counter =
        Push(1u) + Opcode.SLoad + Push(1u) + Opcode.Add + Opcode.Dup1 + Push(1u) + Opcode.SStore
        + Push(0u) + Opcode.MStore + Push(32u) + Push(0u) + Opcode.Return;

    [Theory]
    [InlineData("0", 8)]
    [InlineData("1", 9)]
    [InlineData("\"0x2\"", 10)]
    [InlineData("-1", 10)]
    [InlineData("null", 10)]
    public async Task Calls_InsideABlock_StandOnTheTransactionsBefore(string index, int first)
    {
        using TraceChain chain = new(Counter);
        (Address?, ulong, byte[], UInt256) call = (TraceChain.First, 200_000, [], default);
        LedgerBlock block = chain.Mine(call, call)[0].Block;

        JsonElement answer = await chain.AskAsync(
            "eth_callMany",
            $$"""
            [[{"transactions":[{"to":"{{TraceChain.FirstText}}"},{"to":"{{TraceChain.FirstText}}"}]}],
            {"blockNumber":"{{block.Hash}}","transactionIndex":{{index}}}]
            """);

        Assert.Equal($"0x{first:x64}", answer[0][0].GetProperty("value").GetString());
        Assert.Equal($"0x{first + 1:x64}", answer[0][1].GetProperty("value").GetString());
    }
}
