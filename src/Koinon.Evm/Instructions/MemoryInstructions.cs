using Koinon.Evm.Frames;
using Koinon.Evm.Journal;
using Koinon.Primitives;

namespace Koinon.Evm.Instructions;

/// <summary>Instructions that copy, hash, log or return ranges of memory. Gas as in
/// <see cref="StorageInstructions"/>.</summary>
internal static unsafe class MemoryInstructions
{
    internal static long Keccak256(Machine machine, UInt256* sp, long gas)
    {
        gas = machine.ExpandMemory(gas, sp[0], sp[-1]);
        if (gas < 0)
        {
            return gas;
        }

        gas = machine.Charge(gas, Words(sp[-1]) * machine.Fork.Gas.KeccakWord);
        if (gas < 0)
        {
            return gas;
        }

        Span<byte> digest = stackalloc byte[32];
        Crypto.Keccak256.Hash(machine.MemorySpan(sp[0], sp[-1]), digest);
        sp[-1] = UInt256.FromBigEndian(digest);
        return gas;
    }

    internal static long CallDataCopy(Machine machine, UInt256* sp, long gas) =>
        CopyInput(machine, sp, gas);

    internal static long CodeCopy(Machine machine, UInt256* sp, long gas) =>
        Copy(machine, sp, gas, machine.Frame.Code.Span);

    internal static long ReturnDataCopy(Machine machine, UInt256* sp, long gas)
    {
        UInt256 start = sp[-1];
        UInt256 length = sp[-2];
        if (UInt256.AddOverflow(start, length, out UInt256 end) || end > (UInt256)(uint)machine.ReturnLength)
        {
            return machine.Fail(HaltReason.ReturnDataOutOfBounds);
        }

        return Copy(machine, sp, gas, machine.ReturnData);
    }

    internal static long MCopy(Machine machine, UInt256* sp, long gas)
    {
        UInt256 length = sp[-2];
        UInt256 farthest = sp[0] > sp[-1] ? sp[0] : sp[-1];
        gas = machine.ExpandMemory(gas, farthest, length);
        if (gas < 0)
        {
            return gas;
        }

        gas = machine.Charge(gas, Words(length) * machine.Fork.Gas.CopyWord);
        if (gas >= 0)
        {
            machine.MemorySpan(sp[-1], length).CopyTo(machine.MemorySpan(sp[0], length));
        }

        return gas;
    }

    /// <summary>Copies bytes to memory, zeros standing for what is beyond their end.</summary>
    /// <param name="machine">Whose memory.</param>
    /// <param name="sp">Destination, start and length, the first on top.</param>
    /// <param name="gas">The gas left.</param>
    /// <param name="source">What is copied; it does not lie in memory.</param>
    internal static long Copy(Machine machine, UInt256* sp, long gas, ReadOnlySpan<byte> source)
    {
        gas = ChargeCopy(machine, sp, gas);
        if (gas >= 0)
        {
            CopyPadded(source, sp[-1], machine.MemorySpan(sp[0], sp[-2]));
        }

        return gas;
    }

    internal static long Log(Machine machine, UInt256* sp, long gas, int topics)
    {
        if (machine.Frame.IsStatic)
        {
            return machine.Fail(HaltReason.StaticViolation);
        }

        gas = machine.ExpandMemory(gas, sp[0], sp[-1]);
        if (gas < 0)
        {
            return gas;
        }

        // The length is below 2³⁷: memory was paid for.
        long cost = (topics * machine.Fork.Gas.LogTopic) + ((long)sp[-1].U0 * machine.Fork.Gas.LogDataByte);
        gas = machine.Charge(gas, cost);
        if (gas < 0)
        {
            return gas;
        }

        ref LogRecord log = ref machine.State.AddLog(machine.Frame.Self, machine.MemorySpan(sp[0], sp[-1]));
        log.TopicCount = topics;
        log.Topic0 = topics > 0 ? Hash256.FromWord(sp[-2]) : default;
        log.Topic1 = topics > 1 ? Hash256.FromWord(sp[-3]) : default;
        log.Topic2 = topics > 2 ? Hash256.FromWord(sp[-4]) : default;
        log.Topic3 = topics > 3 ? Hash256.FromWord(sp[-5]) : default;
        return gas;
    }

    /// <summary>Keeps a range of memory as the frame's result: RETURN and REVERT.</summary>
    internal static long Return(Machine machine, UInt256* sp, long gas)
    {
        gas = machine.ExpandMemory(gas, sp[0], sp[-1]);
        if (gas >= 0)
        {
            machine.SetReturnData(machine.MemorySpan(sp[0], sp[-1]));
        }

        return gas;
    }

    internal static UInt256 CallDataLoad(Machine machine, in UInt256 offset)
    {
        int length = machine.Frame.InputLength;
        if (!offset.IsUInt64 || offset.U0 >= (ulong)length)
        {
            return UInt256.Zero;
        }

        int start = (int)offset.U0;
        byte* input = machine.Input + start;
        if (length - start >= UInt256.Size)
        {
            // In bounds: a whole word of the input is left.
            return UInt256.FromBigEndian(new ReadOnlySpan<byte>(input, UInt256.Size));
        }

        Span<byte> padded = stackalloc byte[UInt256.Size];
        padded.Clear();
        new ReadOnlySpan<byte>(input, length - start).CopyTo(padded);
        return UInt256.FromBigEndian(padded);
    }

    // Copies from the arena: the source is looked up after memory has grown, since the arena may have moved.
    private static long CopyInput(Machine machine, UInt256* sp, long gas)
    {
        gas = ChargeCopy(machine, sp, gas);
        if (gas >= 0)
        {
            var source = new ReadOnlySpan<byte>(machine.Input, machine.Frame.InputLength);
            CopyPadded(source, sp[-1], machine.MemorySpan(sp[0], sp[-2]));
        }

        return gas;
    }

    private static long ChargeCopy(Machine machine, UInt256* sp, long gas)
    {
        gas = machine.ExpandMemory(gas, sp[0], sp[-2]);
        return gas < 0 ? gas : machine.Charge(gas, Words(sp[-2]) * machine.Fork.Gas.CopyWord);
    }

    private static void CopyPadded(ReadOnlySpan<byte> source, in UInt256 start, Span<byte> destination)
    {
        int skipped = start.IsUInt64 && start.U0 < (ulong)source.Length ? (int)start.U0 : source.Length;
        ReadOnlySpan<byte> rest = source[skipped..];
        int count = Math.Min(rest.Length, destination.Length);
        rest[..count].CopyTo(destination);
        destination[count..].Clear();
    }

    // Words of 32 bytes, rounded up; the length was paid for as memory, so it is below 2³⁷.
    private static long Words(in UInt256 length) => ((long)length.U0 + 31) / 32;
}
