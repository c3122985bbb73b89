using System.Text.Json;
using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>Writes each instruction in OpenEthereum's form (<c>vmTrace</c>) while the code runs.</summary>
/// <remarks>
/// What an instruction did is known when the next one of its frame begins: its entry stays open till then, and the
/// frame that it made stands inside it.
/// </remarks>
/// <param name="target">The run.</param>
internal sealed class VmTraceWriter(TraceTarget target)
{
    private readonly Utf8JsonWriter _json = target.Stream.Json;
    private readonly Stack<OpenFrame> _frames = [];
    private int _depth;

    /// <summary>Whether anything was written.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>An instruction begins.</summary>
    public void OnStep(in Step step)
    {
        if (step.Depth > _frames.Count)
        {
            Open(step.Code);
        }
        else
        {
            CloseEntry(_frames.Peek(), step);
        }

        OpenFrame frame = _frames.Peek();
        frame.Opcode = step.Opcode;
        frame.ProgramCounter = step.ProgramCounter;
        frame.GasBefore = step.GasLeft;
        frame.BaseCost = step.BaseCost;
        (frame.MemoryStart, frame.MemoryLength) = MemoryWritten(step);
        bool stores = step.Opcode == Opcode.SStore && step.Stack.Length >= 2;
        frame.Store = stores ? (step.Stack[^1], step.Stack[^2]) : null;
    }

    /// <summary>It has run, or has halted its frame.</summary>
    public void OnStepEnd(long gasLeft, HaltReason halt)
    {
        OpenFrame frame = _frames.Peek();
        frame.GasLeft = gasLeft;
        frame.Fails = halt is not (HaltReason.None or HaltReason.Reverted);
        frame.HasEntry = true;
        frame.HasSub = false;
        _json.WriteStartObject();
        _json.WriteNumber("cost"u8, StepCost.Of(frame.GasBefore, gasLeft, frame.BaseCost, halt));
        _json.WriteNumber("pc"u8, frame.ProgramCounter);
        _json.WriteString("op"u8, OpcodeTable.NameOf(frame.Opcode));
        target.FlushDuringRun();
    }

    /// <summary>A frame begins, be it without code.</summary>
    public void OnFrameStart() => _depth++;

    /// <summary>A frame ends.</summary>
    public void OnFrameEnd()
    {
        if (_frames.Count == _depth)
        {
            CloseEntry(_frames.Pop(), default);
            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        _depth--;
    }

    /// <summary>Writes what stands for a run without code.</summary>
    public void WriteEmpty()
    {
        _json.WriteStartObject();
        _json.WriteData("code"u8, []);
        _json.WriteStartArray("ops"u8);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private static (UInt256 Start, UInt256 Length) MemoryWritten(in Step step)
    {
        ReadOnlySpan<UInt256> stack = step.Stack;
        return step.Opcode switch
        {
            Opcode.MStore or Opcode.MLoad when stack.Length >= 1 => (stack[^1], UInt256.Size),
            Opcode.MStore8 when stack.Length >= 1 => (stack[^1], UInt256.One),
            Opcode.CallDataCopy or Opcode.CodeCopy or Opcode.ReturnDataCopy or Opcode.MCopy when stack.Length >= 3 =>
                (stack[^1], stack[^3]),
            Opcode.ExtCodeCopy when stack.Length >= 4 => (stack[^2], stack[^4]),
            Opcode.Call or Opcode.CallCode when stack.Length >= 7 => (stack[^6], stack[^7]),
            Opcode.DelegateCall or Opcode.StaticCall when stack.Length >= 6 => (stack[^5], stack[^6]),
            _ => default,
        };
    }

    // DUP and SWAP count as pushing all words that they reach.
    private static int PushedBy(Opcode opcode)
    {
        OpcodeInfo info = OpcodeTable.Of(opcode);
        return opcode is >= Opcode.Dup1 and < Opcode.Swap1 ? info.Reaches + 1
            : opcode is >= Opcode.Swap1 and < Opcode.Log0 ? info.Reaches
            : info.Pushes;
    }

    private void Open(ReadOnlySpan<byte> code)
    {
        HasBegun = true;
        if (_frames.TryPeek(out OpenFrame? caller))
        {
            caller.HasSub = true;
            _json.WritePropertyName("sub"u8);
        }

        _frames.Push(new OpenFrame());
        _json.WriteStartObject();
        _json.WriteData("code"u8, code);
        _json.WriteStartArray("ops"u8);
    }

    // Completes the entry of the frame's last instruction with what it did, seen by the one that follows.
    private void CloseEntry(OpenFrame frame, in Step next)
    {
        if (!frame.HasEntry)
        {
            return;
        }

        frame.HasEntry = false;
        if (!frame.HasSub)
        {
            _json.WriteNull("sub"u8);
        }

        if (frame.Fails)
        {
            _json.WriteNull("ex"u8);
        }
        else
        {
            WriteEffects(frame, next);
        }

        _json.WriteEndObject();
        target.FlushDuringRun();
    }

    private void WriteEffects(OpenFrame frame, in Step next)
    {
        _json.WriteStartObject("ex"u8);
        bool writes = frame.MemoryLength is { IsUInt64: true, IsZero: false } && frame.MemoryStart.IsUInt64
            && (UInt128)frame.MemoryStart.U0 + frame.MemoryLength.U0 <= (ulong)next.Memory.Length;
        if (writes)
        {
            _json.WriteStartObject("mem"u8);
            _json.WriteData("data"u8, next.Memory.Slice((int)frame.MemoryStart.U0, (int)frame.MemoryLength.U0));
            _json.WriteNumber("off"u8, frame.MemoryStart.U0);
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteNull("mem"u8);
        }

        _json.WriteStartArray("push"u8);
        int pushed = Math.Min(PushedBy(frame.Opcode), next.Stack.Length);
        foreach (UInt256 word in next.Stack[^pushed..])
        {
            _json.WriteQuantityValue(word);
        }

        _json.WriteEndArray();
        if (frame.Store is { } store)
        {
            _json.WriteStartObject("store"u8);
            _json.WriteQuantity("key"u8, store.Key);
            _json.WriteQuantity("val"u8, store.Value);
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteNull("store"u8);
        }

        // Gas that a frame gave back is seen where the caller goes on.
        _json.WriteNumber("used"u8, next.Depth > 0 ? next.GasLeft : frame.GasLeft);
        _json.WriteEndObject();
    }

    private sealed class OpenFrame
    {
        public Opcode Opcode { get; set; }

        public int ProgramCounter { get; set; }

        public long GasBefore { get; set; }

        public long GasLeft { get; set; }

        public long BaseCost { get; set; }

        public UInt256 MemoryStart { get; set; }

        public UInt256 MemoryLength { get; set; }

        public (UInt256 Key, UInt256 Value)? Store { get; set; }

        public bool Fails { get; set; }

        public bool HasEntry { get; set; }

        public bool HasSub { get; set; }
    }
}
