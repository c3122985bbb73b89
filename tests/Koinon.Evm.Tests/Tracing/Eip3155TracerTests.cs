using System.Buffers;
using System.Text;
using System.Text.Json;
using Koinon.Evm.Forks;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Evm.Tracing;
using static Koinon.Evm.Tests.Language.Bytecode;

namespace Koinon.Evm.Tests.Tracing;

public sealed class Eip3155TracerTests
{
    [Fact]
    public void OnStep_EachInstruction_IsALineWithItsCost()
    {
        JsonElement[] lines = Trace(Push(2u) + Push(40u) + Opcode.Add + Push(0u) + Opcode.MStore, out _);
        Assert.Equal(["PUSH1", "PUSH1", "ADD", "PUSH1", "MSTORE", "STOP"], Values(lines, "opName"));
        Assert.Equal(["0x3", "0x3", "0x3", "0x3", "0x6", "0x0"], Values(lines, "gasCost"));
        Assert.Equal([0, 2, 4, 5, 7, 8], lines.Select(line => line.GetProperty("pc").GetInt32()));
        Assert.Equal("0xf4240", lines[0].GetProperty("gas").GetString());
        Assert.Equal(["0x2", "0x28"], lines[2].GetProperty("stack").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(32, lines[5].GetProperty("memSize").GetInt32());
    }

    [Fact]
    public void OnStep_InACall_HasItsDepthAndTheCallCostsTheGasItGives()
    {
        using var bench = new Bench();
        bench.With(Bench.Other, (Bytecode)Opcode.Caller + Opcode.Pop);
        Bytecode call = Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(Bench.Other.ToWord()) + Push(5_000u) +
            Opcode.StaticCall;
        JsonElement[] lines = Trace(call, out CallOutcome outcome, bench);
        JsonElement callLine = lines.Single(line => line.GetProperty("opName").GetString() == "STATICCALL");
        Assert.Equal("0x" + (2_600 + 5_000).ToString("x"), callLine.GetProperty("gasCost").GetString());
        Assert.Equal([2, 2, 2], lines.Where(line => line.GetProperty("depth").GetInt32() > 1).Select(line =>
            line.GetProperty("depth").GetInt32()));
        Assert.Equal(HaltReason.None, outcome.Halt);
    }

    [Theory]
    [InlineData(8, "out of gas")]
    [InlineData(1_000, "stack underflow")]
    public void OnStepEnd_AnInstructionThatHalts_NamesWhy(long gas, string expected)
    {
        JsonElement[] lines = Trace(Push(2u) + Push(2u) + Opcode.Add + Opcode.Add, out _, gas: gas);
        Assert.Equal("ADD", lines[^1].GetProperty("opName").GetString());
        Assert.Equal(expected, lines[^1].GetProperty("error").GetString());
    }

    private static JsonElement[] Trace(Bytecode code, out CallOutcome outcome, Bench? bench = null, long gas =
        1_000_000)
    {
        var output = new ArrayBufferWriter<byte>();
        var tracer = new Eip3155Tracer(output);
        using Bench own = bench ?? new Bench();
        outcome = own.With(Bench.Contract, code).Call(ForkList.Newest, ref tracer, gas);
        return [.. Encoding.UTF8.GetString(output.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static IEnumerable<string?> Values(JsonElement[] lines, string name) =>
        lines.Select(line => line.GetProperty(name).GetString());
}
