using System.Text;
using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>Geth's struct logger: an entry for each instruction, written while the code runs.</summary>
/// <remarks>
/// What is held is one entry, one piece of the answer and the slots of the storage touched so far; a slow reader makes
/// the run wait, and one that leaves ends it. An entry shows what was before the instruction; it is written when the
/// instruction's cost is known.
/// </remarks>
/// <param name="target">The run.</param>
/// <param name="options">What is shown.</param>
internal sealed class StructLogTracer(TraceTarget target, StructLogOptions options) : TransactionTracer(target)
{
    private const int StopMask = 0xff;

    /// <summary>A memory longer than this is not collected in an entry but written word by word.</summary>
    private const int MemoryCollectedMax = 64 * 1024;

    /// <summary>The names of instructions in UTF-8.</summary>
    internal static readonly byte[][] Names = [.. Enumerable.Range(0, 256).Select(static opcode =>
        Encoding.UTF8.GetBytes(OpcodeTable.NameOf((Opcode)opcode)))];

    private readonly TraceText _head = new();
    private readonly TraceText _tail = new();
    private readonly Dictionary<Address, Dictionary<UInt256, UInt256>> _storage = [];
    private ulong _count;
    private bool _isOpen;
    private bool _isLong;
    private long _gasBefore;
    private long _baseCost;
    private int _depth;
    private int _stackHeight;
    private Opcode _opcode;

    /// <inheritdoc/>
    public override bool TracesSteps => true;

    /// <inheritdoc/>
    public override void Begin()
    {
        Json.WriteStartObject();
        Json.WriteStartArray("structLogs"u8);
    }

    /// <inheritdoc/>
    public override void OnStep(in Step step)
    {
        _isOpen = options.Limit == 0 || _count < options.Limit;
        if ((++_count & StopMask) == 0)
        {
            Target.Clock.Token.ThrowIfCancellationRequested();
        }

        if (!_isOpen)
        {
            return;
        }

        _opcode = step.Opcode;
        _gasBefore = step.GasLeft;
        _baseCost = step.BaseCost;
        _depth = step.Depth;
        _stackHeight = step.Stack.Length;
        _isLong = options.EnableMemory && step.Memory.Length > MemoryCollectedMax;
        if (_isLong)
        {
            WriteLong(step);
            return;
        }

        _head.Clear().Add("{\"pc\":"u8).Add(step.ProgramCounter).Add(",\"op\":\""u8).Add(Names[(byte)step.Opcode])
            .Add("\",\"gas\":"u8).Add(step.GasLeft);
        _tail.Clear();
        if (!options.DisableStack)
        {
            AddStack(_tail.Add(",\"stack\":"u8), step);
        }

        if (ShowsReturnData(step))
        {
            _tail.Add(",\"returnData\":"u8).AddData(step.ReturnData);
        }

        if (options.EnableMemory && step.Memory.Length > 0)
        {
            AddMemory(_tail.Add(",\"memory\":"u8), step);
        }

        if (ShowsStorage(step))
        {
            AddStorage(_tail.Add(",\"storage\":"u8), step);
        }

        if (step.Refund > 0)
        {
            _tail.Add(",\"refund\":"u8).Add(step.Refund);
        }

        _tail.Add("}"u8);
    }

    /// <inheritdoc/>
    public override void OnStepEnd(long gasLeft, HaltReason halt)
    {
        if (!_isOpen)
        {
            return;
        }

        _isOpen = false;
        long cost = StepCost.Of(_gasBefore, gasLeft, _baseCost, halt);
        string error = StepCost.IsRefused(halt) ? HaltReasonText.Of(halt, _opcode, _stackHeight) : "";
        if (_isLong)
        {
            EndLong(cost, error);
            return;
        }

        _head.Add(",\"gasCost\":"u8).Add(cost).Add(",\"depth\":"u8).Add(_depth);
        if (error.Length > 0)
        {
            _head.Add(",\"error\":\""u8).Add(Encoding.UTF8.GetBytes(error)).Add("\""u8);
        }

        Json.WriteRawValue(_head.Add(_tail.Span).Span, skipInputValidation: true);
        Target.FlushDuringRun();
    }

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        bool returns = outcome.Halt is HaltReason.None or HaltReason.Reverted;
        Json.WriteEndArray();
        Json.WriteNumber("gas"u8, outcome.GasUsed);
        Json.WriteBoolean("failed"u8, !outcome.Succeeded);
        Json.WriteData("returnValue"u8, returns ? outcome.ReturnData.Span : []);
        Json.WriteEndObject();
    }

    private static void AddStack(TraceText text, in Step step)
    {
        text.Add("["u8);
        for (int i = 0; i < step.Stack.Length; i++)
        {
            text.Add(i > 0 ? ","u8 : ""u8).AddQuantity(step.Stack[i]);
        }

        text.Add("]"u8);
    }

    private static void AddMemory(TraceText text, in Step step)
    {
        text.Add("["u8);
        for (int offset = 0; offset < step.Memory.Length; offset += UInt256.Size)
        {
            text.Add(offset > 0 ? ","u8 : ""u8).AddData(step.Memory.Slice(offset, UInt256.Size));
        }

        text.Add("]"u8);
    }

    private bool ShowsReturnData(in Step step) => options.EnableReturnData && step.ReturnData.Length > 0;

    private bool ShowsStorage(in Step step) => !options.DisableStorage
        && ((step.Opcode == Opcode.SLoad && step.Stack.Length >= 1)
            || (step.Opcode == Opcode.SStore && step.Stack.Length >= 2));

    // Shown where storage is read or written, with everything that the contract has touched so far.
    private void AddStorage(TraceText text, in Step step)
    {
        UInt256 key = step.Stack[^1];
        if (!_storage.TryGetValue(step.Contract, out Dictionary<UInt256, UInt256>? slots))
        {
            slots = [];
            _storage.Add(step.Contract, slots);
        }

        slots[key] = step.Opcode == Opcode.SStore ? step.Stack[^2] : step.ReadSlot(key);
        bool isFirst = true;
        text.Add("{"u8);
        foreach ((UInt256 slot, UInt256 value) in slots)
        {
            text.Add(isFirst ? ""u8 : ","u8).AddWord(slot).Add(":"u8).AddWord(value);
            isFirst = false;
        }

        text.Add("}"u8);
    }

    // The entry of an instruction with a long memory is written at once, its cost at its end.
    private void WriteLong(in Step step)
    {
        Json.WriteStartObject();
        Json.WriteNumber("pc"u8, step.ProgramCounter);
        Json.WriteString("op"u8, Names[(byte)step.Opcode]);
        Json.WriteNumber("gas"u8, step.GasLeft);
        Json.WriteNumber("depth"u8, step.Depth);
        if (!options.DisableStack)
        {
            AddStack(_tail.Clear(), step);
            Json.WritePropertyName("stack"u8);
            Json.WriteRawValue(_tail.Span, skipInputValidation: true);
        }

        if (ShowsReturnData(step))
        {
            Json.WriteData("returnData"u8, step.ReturnData);
        }

        if (ShowsStorage(step))
        {
            AddStorage(_tail.Clear(), step);
            Json.WritePropertyName("storage"u8);
            Json.WriteRawValue(_tail.Span, skipInputValidation: true);
        }

        if (step.Refund > 0)
        {
            Json.WriteNumber("refund"u8, step.Refund);
        }

        Json.WriteStartArray("memory"u8);
        for (int offset = 0; offset < step.Memory.Length; offset += UInt256.Size)
        {
            HexWriter.Write(Json, step.Memory.Slice(offset, UInt256.Size));
            Target.FlushDuringRun();
        }

        Json.WriteEndArray();
    }

    private void EndLong(long cost, string error)
    {
        Json.WriteNumber("gasCost"u8, cost);
        if (error.Length > 0)
        {
            Json.WriteString("error"u8, error);
        }

        Json.WriteEndObject();
        Target.FlushDuringRun();
    }
}
