using System.Buffers;
using System.Text;
using Koinon.Evm.Instructions;
using Koinon.Primitives;

namespace Koinon.Evm.Tracing;

/// <summary>Writes a line of JSON for each instruction (EIP-3155).</summary>
/// <remarks>
/// Values are those before the instruction; a line is written when the instruction's cost is known. Memory is left out
/// unless asked for. The caller writes the last line, whose state root only it knows.
/// </remarks>
public struct Eip3155Tracer : ITracer
{
    private readonly IBufferWriter<byte> _output;
    private readonly bool _withMemory;
    private readonly StringBuilder _line;
    private long _gasBefore;
    private string _tail;

    /// <summary>A tracer that writes UTF-8 lines.</summary>
    /// <param name="output">Where the lines go.</param>
    /// <param name="withMemory">Whether each line holds the frame's memory.</param>
    public Eip3155Tracer(IBufferWriter<byte> output, bool withMemory = false)
    {
        _output = output;
        _withMemory = withMemory;
        _line = new StringBuilder(512);
        _tail = "";
    }

    /// <inheritdoc/>
    public static bool TracesSteps => true;

    /// <inheritdoc/>
    public static bool TracesFrames => false;

    /// <inheritdoc/>
    public void OnStep(in Step step)
    {
        _gasBefore = step.GasLeft;
        _line.Clear()
            .Append($"{{\"pc\":{step.ProgramCounter},\"op\":{(int)step.Opcode},")
            .Append($"\"gas\":\"0x{step.GasLeft:x}\",\"gasCost\":\"0x");

        // What follows the cost is put aside: the words it shows may be gone when the cost is known.
        var tail = new StringBuilder(256);
        tail.Append($"\",\"memSize\":{step.Memory.Length},\"stack\":[");
        for (int i = 0; i < step.Stack.Length; i++)
        {
            tail.Append(i == 0 ? "\"" : ",\"").Append(step.Stack[i].ToString("x", null)).Append('"');
        }

        tail.Append(
            $"],\"depth\":{step.Depth},\"returnData\":\"{Hex.Encode(step.ReturnData)}\"");
        tail.Append($",\"refund\":\"0x{Math.Max(0, step.Refund):x}\"");
        tail.Append($",\"opName\":\"{OpcodeTable.NameOf(step.Opcode)}\"");
        if (_withMemory)
        {
            tail.Append($",\"memory\":\"{Hex.Encode(step.Memory)}\"");
        }

        _tail = tail.ToString();
    }

    /// <inheritdoc/>
    public readonly void OnStepEnd(long gasLeft, HaltReason halt)
    {
        _line.Append($"{Math.Max(0, _gasBefore - gasLeft):x}").Append(_tail);
        if (halt is not (HaltReason.None or HaltReason.Reverted))
        {
            _line.Append($",\"error\":\"{HaltReasonText.Of(halt)}\"");
        }

        _line.Append("}\n");
        foreach (ReadOnlyMemory<char> chunk in _line.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, _output);
        }
    }

    /// <inheritdoc/>
    public readonly void OnFrameStart(in FrameStart start)
    {
    }

    /// <inheritdoc/>
    public readonly void OnFrameEnd(in FrameEnd end)
    {
    }

    /// <inheritdoc/>
    public readonly void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data)
    {
    }

    /// <inheritdoc/>
    public readonly void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance)
    {
    }
}
