using System.Text.Json;
using Koinon.Evm;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>Writes the items of flat lists: of geth's <c>flatCallTracer</c> and of the <c>trace_</c> methods.</summary>
/// <param name="json">Where they go.</param>
/// <param name="isGeth">Whether the list is geth's: a place always, and no result only where a frame failed other than
/// by a revert; else a failed frame's result is null.</param>
/// <param name="convertsErrors">Whether errors are told in OpenEthereum's words.</param>
internal sealed class FlatTraceWriter(Utf8JsonWriter json, bool isGeth, bool convertsErrors)
{
    /// <summary>Writes an item.</summary>
    /// <param name="item">The frame.</param>
    /// <param name="place">Where its transaction stands; <see langword="null"/> where that is not shown.</param>
    /// <param name="gas">The frame's gas in the item.</param>
    /// <param name="gasUsed">Its gas used.</param>
    public void Write(in FlatTrace item, TracePlace? place, ulong gas, ulong gasUsed)
    {
        CallTrace trace = item.Trace;
        json.WriteStartObject();
        json.WriteStartObject("action"u8);
        WriteAction(trace, gas);
        json.WriteEndObject();
        WriteBlock(place);
        bool fails = trace.Halt != HaltReason.None;
        if (fails)
        {
            json.WriteString("error"u8, convertsErrors ? ErrorOf(trace) : trace.Error);
        }

        WriteResult(trace, gasUsed);
        json.WriteNumber("subtraces"u8, item.Subtraces);
        json.WriteStartArray("traceAddress"u8);
        foreach (int number in item.Address)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
        WriteTransaction(place);
        json.WriteString("type"u8, trace.IsSelfDestruct ? "suicide" : trace.IsCreation ? "create" : "call");
        json.WriteEndObject();
    }

    /// <summary>OpenEthereum's word for how a frame failed.</summary>
    private static string ErrorOf(CallTrace trace) => trace.Halt switch
    {
        HaltReason.Reverted => "Reverted",
        HaltReason.OutOfGas or HaltReason.CodeDepositOutOfGas or HaltReason.CodeTooLarge => "Out of gas",
        HaltReason.InvalidOpcode => "Bad instruction",
        HaltReason.InvalidJump => "Bad jump destination",
        HaltReason.StackUnderflow => "Stack underflow",
        HaltReason.StackOverflow => "Out of stack",
        HaltReason.PrecompileFailed => "Built-in failed",
        HaltReason.ReturnDataOutOfBounds => "Out of bounds",
        HaltReason.StaticViolation => "Mutable Call In Static Context",
        _ => trace.Error,
    };

    private static string CallTypeOf(FrameKind kind) => kind switch
    {
        FrameKind.Call => "call",
        FrameKind.CallCode => "callcode",
        FrameKind.DelegateCall => "delegatecall",
        FrameKind.StaticCall => "staticcall",
        FrameKind.Create => "create",
        _ => "create2",
    };

    private void WriteAction(CallTrace trace, ulong gas)
    {
        if (trace.IsSelfDestruct)
        {
            json.WriteAddress("address"u8, trace.From);
            json.WriteQuantity("balance"u8, trace.Value);
            json.WriteAddress("refundAddress"u8, trace.To);
            return;
        }

        json.WriteString(trace.IsCreation ? "creationMethod"u8 : "callType"u8, CallTypeOf(trace.Kind));
        json.WriteAddress("from"u8, trace.From);
        json.WriteQuantity("gas"u8, gas);
        json.WriteData(trace.IsCreation ? "init"u8 : "input"u8, trace.Input.Span);
        if (!trace.IsCreation)
        {
            json.WriteAddress("to"u8, trace.To);
        }

        json.WriteQuantity("value"u8, trace.Value);
    }

    private void WriteResult(CallTrace trace, ulong gasUsed)
    {
        bool isLost = trace.Halt is not (HaltReason.None or HaltReason.Reverted);
        if (trace.IsSelfDestruct || (isGeth ? isLost : trace.Halt != HaltReason.None))
        {
            if (!isGeth)
            {
                json.WriteNull("result"u8);
            }

            return;
        }

        json.WriteStartObject("result"u8);
        if (trace.IsCreation && trace.Halt == HaltReason.None)
        {
            json.WriteAddress("address"u8, trace.To);
        }

        json.WriteQuantity("gasUsed"u8, gasUsed);
        json.WriteData(trace.IsCreation ? "code"u8 : "output"u8, trace.Output.Span);
        json.WriteEndObject();
    }

    private void WriteBlock(TracePlace? place)
    {
        if (place is { } at)
        {
            json.WriteHash("blockHash"u8, at.BlockHash);
            json.WriteNumber("blockNumber"u8, at.BlockNumber);
        }
        else if (isGeth)
        {
            json.WriteNull("blockHash"u8);
            json.WriteNumber("blockNumber"u8, 0);
        }
    }

    private void WriteTransaction(TracePlace? place)
    {
        if (place is { } at)
        {
            json.WriteHash("transactionHash"u8, at.TransactionHash);
            json.WriteNumber("transactionPosition"u8, at.Index);
        }
        else if (isGeth)
        {
            json.WriteNull("transactionHash"u8);
            json.WriteNumber("transactionPosition"u8, 0);
        }
    }
}
