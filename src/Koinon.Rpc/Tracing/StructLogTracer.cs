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

    private static readonly byte[][] Names = [.. Enumerable.Range(0, 256).Select(static opcode =>
        Encoding.UTF8.GetBytes(OpcodeTable.NameOf((Opcode)opcode)))];

    private readonly TraceText _head = new();
    private readonly TraceText _tail = new();
    private readonly Dictionary<Address, Dictionary<UInt256, UInt256>> _storage = [];
    private ulong _count;
    private bool _isOpen;
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
        _head.Clear().Add("{\"pc\":"u8).Add(step.ProgramCounter).Add(",\"op\":\""u8).Add(Names[(byte)step.Opcode])
            .Add("\",\"gas\":"u8).Add(step.GasLeft);
        _tail.Clear();
        AddStack(step);
        AddReturnData(step);
        AddMemory(step);
        AddStorage(step);
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
        _head.Add(",\"gasCost\":"u8).Add(StepCost.Of(_gasBefore, gasLeft, _baseCost, halt))
            .Add(",\"depth\":"u8).Add(_depth);
        if (StepCost.IsRefused(halt))
        {
            _head.Add(",\"error\":\""u8)
                .Add(Encoding.UTF8.GetBytes(HaltReasonText.Of(halt, _opcode, _stackHeight))).Add("\""u8);
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

    private void AddStack(in Step step)
    {
        if (options.DisableStack)
        {
            return;
        }

        _tail.Add(",\"stack\":["u8);
        for (int i = 0; i < step.Stack.Length; i++)
        {
            if (i > 0)
            {
                _tail.Add(","u8);
            }

            _tail.AddQuantity(step.Stack[i]);
        }

        _tail.Add("]"u8);
    }

    private void AddReturnData(in Step step)
    {
        if (options.EnableReturnData && step.ReturnData.Length > 0)
        {
            _tail.Add(",\"returnData\":"u8).AddData(step.ReturnData);
        }
    }

    private void AddMemory(in Step step)
    {
        if (!options.EnableMemory || step.Memory.Length == 0)
        {
            return;
        }

        _tail.Add(",\"memory\":["u8);
        for (int offset = 0; offset < step.Memory.Length; offset += UInt256.Size)
        {
            if (offset > 0)
            {
                _tail.Add(","u8);
            }

            _tail.AddData(step.Memory.Slice(offset, UInt256.Size));
        }

        _tail.Add("]"u8);
    }

    // Shown where storage is read or written, with everything that the contract has touched so far.
    private void AddStorage(in Step step)
    {
        bool reads = step.Opcode == Opcode.SLoad && step.Stack.Length >= 1;
        bool writes = step.Opcode == Opcode.SStore && step.Stack.Length >= 2;
        if (options.DisableStorage || !(reads || writes))
        {
            return;
        }

        UInt256 key = step.Stack[^1];
        if (!_storage.TryGetValue(step.Contract, out Dictionary<UInt256, UInt256>? slots))
        {
            slots = [];
            _storage.Add(step.Contract, slots);
        }

        slots[key] = writes ? step.Stack[^2] : step.ReadSlot(key);
        _tail.Add(",\"storage\":{"u8);
        bool isFirst = true;
        foreach ((UInt256 slot, UInt256 value) in slots)
        {
            _tail.Add(isFirst ? ""u8 : ","u8).AddWord(slot).Add(":"u8).AddWord(value);
            isFirst = false;
        }

        _tail.Add("}"u8);
    }
}
