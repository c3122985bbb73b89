using System.Text.Json.Serialization;
using Koinon.Evm;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;
using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>A frame as geth's <c>callTracer</c> shows it, with the frames that it made.</summary>
public sealed record CallFrameJson
{
    /// <summary>How the frame came to be: the opcode's name.</summary>
    public required string Type { get; init; }

    /// <summary>Who called.</summary>
    public Address From { get; init; }

    /// <summary>Who was called or made; absent where nothing was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Address? To { get; init; }

    /// <summary>Wei sent; absent where the opcode sends none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? Value { get; init; }

    /// <summary>Gas given; of the first frame the transaction's gas limit.</summary>
    public Quantity Gas { get; init; }

    /// <summary>Gas used; of the first frame what the receipt says.</summary>
    public Quantity GasUsed { get; init; }

    /// <summary>The call's data or the initialisation code.</summary>
    public HexData Input { get; init; }

    /// <summary>What was returned; absent where nothing was, or the frame failed other than by a revert.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HexData? Output { get; init; }

    /// <summary>How the frame failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The text of a revert, where it has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RevertReason { get; init; }

    /// <summary>The frames that this one made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CallFrameJson>? Calls { get; init; }

    /// <summary>The logs that it wrote, where they are asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CallLogJson>? Logs { get; init; }

    /// <summary>The shape of a frame and of all below it.</summary>
    /// <param name="trace">The frame.</param>
    /// <param name="withLogs">Whether logs are shown.</param>
    /// <remarks>Recursion as deep as calls are nested: 1,024 at most.</remarks>
    public static CallFrameJson Of(CallTrace trace, bool withLogs)
    {
        bool failed = trace.Halt != HaltReason.None;
        bool reverted = trace.Halt == HaltReason.Reverted;
        bool isCreation = trace.IsCreation;
        bool showsOutput = trace.Output.Length > 0 && (!failed || reverted);
        return new CallFrameJson
        {
            Type = NameOf(trace),
            From = trace.From,
            To = isCreation && failed ? null : trace.To,
            Value = trace.Kind == FrameKind.StaticCall ? null : trace.Value,
            Gas = (ulong)trace.Gas,
            GasUsed = (ulong)trace.GasUsed,
            Input = trace.Input,
            Output = showsOutput ? trace.Output : null,
            Error = failed ? trace.Error : null,
            RevertReason = reverted ? ReasonOf(trace.Output) : null,
            Calls = trace.Calls.Count > 0 ? [.. trace.Calls.Select(call => Of(call, withLogs))] : null,
            Logs = withLogs && trace.Logs.Count > 0
                ? [.. trace.Logs.Select(static entry => CallLogJson.Of(entry))]
                : null,
        };
    }

    private static string? ReasonOf(ReadOnlyMemory<byte> output) =>
        Koinon.Abi.RevertReason.TryDecode(output.Span, out string? reason) ? reason : null;

    private static string NameOf(CallTrace trace) => trace.IsSelfDestruct ? "SELFDESTRUCT" : trace.Kind switch
    {
        FrameKind.Call => "CALL",
        FrameKind.CallCode => "CALLCODE",
        FrameKind.DelegateCall => "DELEGATECALL",
        FrameKind.StaticCall => "STATICCALL",
        FrameKind.Create => "CREATE",
        _ => "CREATE2",
    };
}
