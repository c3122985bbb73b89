using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>
/// The struct logger as Hardhat 2 has it, and geth once had: words are 64 digits without <c>0x</c>, memory is shown
/// unless it is refused, and every entry has the storage that its contract has touched so far.
/// </summary>
/// <param name="target">The run.</param>
/// <param name="options">What is shown.</param>
internal sealed class PlainStructLogTracer(TraceTarget target, StructLogOptions options) : TransactionTracer(target)
{
    private const int StopMask = 0xff;
    private const int DigitsOfAWord = 2 * UInt256.Size;

    private readonly Dictionary<Address, Dictionary<UInt256, UInt256>> _storage = [];
    private ulong _count;
    private bool _isOpen;
    private long _gasBefore;
    private long _baseCost;
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
        _stackHeight = step.Stack.Length;
        Json.WriteStartObject();
        Json.WriteNumber("pc"u8, step.ProgramCounter);
        Json.WriteString("op"u8, StructLogTracer.Names[(byte)step.Opcode]);
        Json.WriteNumber("gas"u8, step.GasLeft);
        Json.WriteNumber("depth"u8, step.Depth);
        WriteStack(step);
        WriteMemory(step);
        WriteStorage(step);
    }

    /// <inheritdoc/>
    public override void OnStepEnd(long gasLeft, HaltReason halt)
    {
        if (!_isOpen)
        {
            return;
        }

        _isOpen = false;
        Json.WriteNumber("gasCost"u8, StepCost.Of(_gasBefore, gasLeft, _baseCost, halt));
        if (StepCost.IsRefused(halt))
        {
            Json.WriteString("error"u8, HaltReasonText.Of(halt, _opcode, _stackHeight));
        }

        Json.WriteEndObject();
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

    private void WriteStack(in Step step)
    {
        if (options.DisableStack)
        {
            return;
        }

        Json.WriteStartArray("stack"u8);
        Span<byte> word = stackalloc byte[UInt256.Size];
        Span<byte> digits = stackalloc byte[DigitsOfAWord];
        foreach (UInt256 item in step.Stack)
        {
            item.WriteBigEndian(word);
            Convert.TryToHexStringLower(word, digits, out _);
            Json.WriteStringValue(digits);
        }

        Json.WriteEndArray();
    }

    private void WriteMemory(in Step step)
    {
        if (options.RefusesMemory)
        {
            return;
        }

        Json.WriteStartArray("memory"u8);
        Span<byte> digits = stackalloc byte[DigitsOfAWord];
        for (int offset = 0; offset < step.Memory.Length; offset += UInt256.Size)
        {
            Convert.TryToHexStringLower(step.Memory.Slice(offset, UInt256.Size), digits, out _);
            Json.WriteStringValue(digits);
            Target.FlushDuringRun();
        }

        Json.WriteEndArray();
    }

    private void WriteStorage(in Step step)
    {
        if (options.DisableStorage)
        {
            return;
        }

        if (!_storage.TryGetValue(step.Contract, out Dictionary<UInt256, UInt256>? slots))
        {
            _storage.Add(step.Contract, slots = []);
        }

        if (step.Opcode == Opcode.SLoad && step.Stack.Length >= 1)
        {
            slots[step.Stack[^1]] = step.ReadSlot(step.Stack[^1]);
        }
        else if (step.Opcode == Opcode.SStore && step.Stack.Length >= 2)
        {
            slots[step.Stack[^1]] = step.Stack[^2];
        }

        Json.WriteStartObject("storage"u8);
        foreach ((UInt256 slot, UInt256 value) in slots)
        {
            Json.WriteString(Digits(slot), Digits(value));
        }

        Json.WriteEndObject();
    }

    private static string Digits(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
