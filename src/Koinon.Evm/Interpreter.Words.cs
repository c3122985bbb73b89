using System.Runtime.CompilerServices;
using Koinon.Evm.Decoding;
using Koinon.Evm.Frames;
using Koinon.Evm.Instructions;
using Koinon.Primitives;

namespace Koinon.Evm;

// What the loop does to words in place. Those marked for inlining are a few moves; the others are calls on purpose: the
// loop keeps its registers where its body stays small.
internal static unsafe partial class Interpreter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetBoolean(UInt256* word, bool value) => *word = new UInt256(0, 0, 0, value ? 1UL : 0UL);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetShort(UInt256* word, ulong value) => *word = new UInt256(0, 0, 0, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EqualsShort(UInt256* word, ulong value) =>
        ((word->U0 ^ value) | word->U1 | word->U2 | word->U3) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void And(UInt256* word, UInt256* other) => *word = *word & *other;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Or(UInt256* word, UInt256* other) => *word = *word | *other;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Xor(UInt256* word, UInt256* other) => *word = *word ^ *other;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Not(UInt256* word) => *word = ~*word;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(UInt256* word, UInt256* other) => (*word, *other) = (*other, *word);

    // In bounds: the caller has tested that 32 bytes of the frame's memory begin here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadWord(UInt256* word, byte* source) =>
        *word = UInt256.FromBigEndian(new ReadOnlySpan<byte>(source, UInt256.Size));

    // In bounds: the caller has tested that 32 bytes of the frame's memory begin here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreWord(byte* destination, UInt256* word) =>
        word->WriteBigEndian(new Span<byte>(destination, UInt256.Size));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddShort(UInt256* word, ulong value)
    {
        unchecked
        {
            ulong low = word->U0 + value;
            if (low >= value)
            {
                *(ulong*)word = low;
                return;
            }

            UInt256.AddOverflow(*word, new UInt256(0, 0, 0, value), out *word);
        }
    }

    private static void SubtractFromShort(UInt256* word, ulong value) =>
        UInt256.SubtractUnderflow(new UInt256(0, 0, 0, value), *word, out *word);

    // What is shifted by: from 256 on the result does not depend on it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ShiftOf(UInt256* word) => word->IsUInt64 ? word->U0 : 256;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ShiftLeft(UInt256* word, ulong bits) => *word = *word << (int)Math.Min(bits, 256);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ShiftRight(UInt256* word, ulong bits) => *word = *word >> (int)Math.Min(bits, 256);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ShiftRightArithmetic(UInt256* word, ulong bits) =>
        *word = UInt256.ShiftRightArithmetic(*word, (int)Math.Min(bits, 256));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Multiply(UInt256* sp) => UInt256.Multiply(sp[0], sp[-1], out sp[-1]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyBy(UInt256* word, UInt256* other) => UInt256.Multiply(*word, *other, out *word);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyShort(UInt256* word, ulong value)
    {
        unchecked
        {
            ulong carry = Math.BigMul(word->U0, value, out ulong r0);
            ulong high1 = Math.BigMul(word->U1, value, out ulong r1);
            ulong high2 = Math.BigMul(word->U2, value, out ulong r2);
            r1 += carry;
            high1 += r1 < carry ? 1UL : 0UL;
            r2 += high1;
            high2 += r2 < high1 ? 1UL : 0UL;
            *word = new UInt256((word->U3 * value) + high2, r2, r1, r0);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Power(UInt256* sp) => sp[-1] = UInt256.Power(sp[0], sp[-1]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SignExtend(UInt256* sp) => sp[-1] = UInt256.SignExtend(sp[-1], sp[0]);

    // The running frame's registers, kept while another frame runs.
    private static void Save(Machine machine, Instruction* ip, UInt256* sp, long gas)
    {
        Frame frame = machine.Frame;
        frame.Ip = ip;
        frame.Sp = sp;
        frame.Gas = gas + machine.GasReserve;
        machine.GasReserve = 0;
    }

    private static FrameKind KindOf(Opcode opcode) => opcode switch
    {
        Opcode.Call => FrameKind.Call,
        Opcode.CallCode => FrameKind.CallCode,
        Opcode.DelegateCall => FrameKind.DelegateCall,
        _ => FrameKind.StaticCall,
    };

    // Why a block of one instruction could not be entered.
    private static HaltReason BlockFailure(Machine machine, Instruction* block, UInt256* sp, UInt256* stackBase)
    {
        machine.HaltFound = (int)(sp - stackBase);
        if (sp - block->Argument < stackBase)
        {
            machine.HaltWanted = block->Argument;
            return HaltReason.StackUnderflow;
        }

        machine.HaltWanted = StackArena.WordsMax - block->Growth;
        return sp + block->Growth > stackBase + StackArena.WordsMax ? HaltReason.StackOverflow : HaltReason.OutOfGas;
    }
}
