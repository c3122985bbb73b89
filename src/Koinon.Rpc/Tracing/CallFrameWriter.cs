using System.Text.Json;
using Koinon.Abi;
using Koinon.Evm;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>Writes frames as geth's <c>callTracer</c> shows them.</summary>
/// <param name="stream">Where they go.</param>
/// <param name="withLog">Whether logs are shown.</param>
/// <param name="firstLog">Logs in the block before the transaction.</param>
internal sealed class CallFrameWriter(RpcValueStream stream, bool withLog, int firstLog)
{
    private readonly Utf8JsonWriter _json = stream.Json;

    /// <summary>Writes a transaction's frame and all below it.</summary>
    /// <param name="root">The frame.</param>
    /// <param name="gasLimit">The transaction's gas limit, which stands for the frame's gas.</param>
    /// <param name="gasUsed">Gas used by the transaction, which stands for the frame's.</param>
    public void Write(CallTrace root, ulong gasLimit, ulong gasUsed) => WriteFrame(root, gasLimit, gasUsed);

    /// <summary>The opcode that makes a frame.</summary>
    public static string TypeOf(CallTrace trace) => trace.IsSelfDestruct ? "SELFDESTRUCT" : trace.Kind switch
    {
        FrameKind.Call => "CALL",
        FrameKind.CallCode => "CALLCODE",
        FrameKind.DelegateCall => "DELEGATECALL",
        FrameKind.StaticCall => "STATICCALL",
        FrameKind.Create => "CREATE",
        _ => "CREATE2",
    };

    // Recursion as deep as calls are nested: 1,024 at most.
    private void WriteFrame(CallTrace trace, ulong gas, ulong gasUsed)
    {
        bool fails = trace.Halt != HaltReason.None;
        _json.WriteStartObject();
        _json.WriteAddress("from"u8, trace.From);
        _json.WriteQuantity("gas"u8, gas);
        _json.WriteQuantity("gasUsed"u8, gasUsed);
        if (!(trace.IsCreation && fails))
        {
            _json.WriteAddress("to"u8, trace.To);
        }

        _json.WriteData("input"u8, trace.Input.Span);
        WriteOutcome(trace);
        if (trace.Calls.Count > 0)
        {
            _json.WriteStartArray("calls"u8);
            foreach (CallTrace call in trace.Calls)
            {
                WriteFrame(call, (ulong)call.Gas, (ulong)call.GasUsed);
                stream.FlushWhenFull();
            }

            _json.WriteEndArray();
        }

        WriteLogs(trace);
        if (trace.Kind != FrameKind.StaticCall)
        {
            _json.WriteQuantity("value"u8, trace.Value);
        }

        _json.WriteString("type"u8, TypeOf(trace));
        _json.WriteEndObject();
    }

    private void WriteOutcome(CallTrace trace)
    {
        bool reverts = trace.Halt == HaltReason.Reverted;
        if (trace.Output.Length > 0 && (reverts || trace.Halt == HaltReason.None))
        {
            _json.WriteData("output"u8, trace.Output.Span);
        }

        if (trace.Halt != HaltReason.None)
        {
            _json.WriteString("error"u8, trace.Error);
        }

        if (reverts && RevertReason.TryDecode(trace.Output.Span, out string? reason))
        {
            _json.WriteString("revertReason"u8, reason);
        }
    }

    private void WriteLogs(CallTrace trace)
    {
        if (!withLog || trace.Logs.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("logs"u8);
        foreach (LogTrace entry in trace.Logs)
        {
            _json.WriteStartObject();
            _json.WriteAddress("address"u8, entry.Log.Address);
            _json.WriteStartArray("topics"u8);
            foreach (Hash256 topic in entry.Log.Topics)
            {
                HexWriter.Write(_json, Hash256.AsSpan(in topic));
            }

            _json.WriteEndArray();
            _json.WriteData("data"u8, entry.Log.Data.Span);
            _json.WriteQuantity("index"u8, (ulong)(firstLog + entry.Index));
            _json.WriteQuantity("position"u8, (ulong)entry.Position);
            _json.WriteEndObject();
            stream.FlushWhenFull();
        }

        _json.WriteEndArray();
    }
}
