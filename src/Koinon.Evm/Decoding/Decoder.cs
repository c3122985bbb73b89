using System.Buffers.Binary;
using Koinon.Evm.Forks;
using Koinon.Evm.Instructions;
using Koinon.Primitives;

namespace Koinon.Evm.Decoding;

/// <summary>Decodes code into blocks of instructions.</summary>
/// <remarks>
/// A block ends at a jump, at a halt, before a JUMPDEST, and after each instruction at which the exact gas can be seen:
/// GAS, SSTORE and the CALL and CREATE families. Within a block nothing tells when its gas was charged: running out
/// loses all.
/// </remarks>
internal static unsafe class Decoder
{
    // A run stops here at the latest: what follows is decoded if it is reached.
    private const int RunInstructionsMax = 512;

    /// <summary>Decodes from an offset to the next unconditional end, and publishes the JUMPDESTs on the way.</summary>
    /// <remarks>Called under the code's lock.</remarks>
    internal static Instruction* DecodeRun(DecodedCode code, int offset)
    {
        // At most three instructions for each of the code: block, operation and, at the end of the run, one to
        // continue.
        int capacity = Math.Min(RunInstructionsMax, code.Length - offset + 1);
        var run = (Instruction*)code.Arena.Take(((2 * capacity) + 2) * sizeof(Instruction));
        var writer = new BlockWriter(code, run);
        ReadOnlySpan<InstructionRow> rows = code.Instructions.Rows;
        byte* bytes = code.Bytes;
        int pc = offset;
        int count = 0;
        bool first = true;
        while (true)
        {
            if (pc >= code.Length)
            {
                writer.BeginIfNone(pc);
                writer.Add((Operation)Opcode.Stop, 0, 0);
                break;
            }

            // Before a JUMPDEST begins a block: one that only goes on at its own start would never end.
            if (count >= capacity - 1 && !first)
            {
                writer.End();
                writer.AddContinue(pc);
                break;
            }

            var opcode = (Opcode)bytes[pc];
            if (opcode == Opcode.JumpDest && code.TryGetRank(pc, out uint rank))
            {
                if (!first && code.DecodedTarget(rank) != null)
                {
                    writer.End();
                    writer.AddContinue(pc);
                    break;
                }

                writer.BeginAtDestination(pc);
            }

            first = false;
            count++;
            writer.BeginIfNone(pc);
            InstructionRow row = rows[(byte)opcode];
            if (!row.IsDefined)
            {
                writer.Add(Operation.Undefined, (ushort)opcode, 0);
                break;
            }

            writer.Charge(row);
            int next = pc + 1 + OpcodeTable.Of(opcode).ImmediateBytes;
            AddOperation(ref writer, code, opcode, pc);
            if (EndsRun(opcode))
            {
                break;
            }

            if (code.IsExact || EndsBlock(opcode))
            {
                writer.End();
            }

            pc = next;
        }

        writer.End();
        Publish(code, run, writer.Next);
        return run;
    }

    // Only now: other threads run a block as soon as they can find it, and its sums must stand by then.
    private static void Publish(DecodedCode code, Instruction* run, Instruction* end)
    {
        for (Instruction* at = run; at < end; at++)
        {
            if (at->Operation == Operation.Block && at->CodeOffset < code.Length &&
                code.Bytes[at->CodeOffset] == (byte)Opcode.JumpDest && code.TryGetRank(at->CodeOffset, out uint rank))
            {
                code.Publish(rank, at);
            }
        }
    }

    private static void AddOperation(ref BlockWriter writer, DecodedCode code, Opcode opcode, int pc)
    {
        byte* bytes = code.Bytes;
        if (opcode is >= Opcode.Push0 and <= Opcode.Push32)
        {
            int length = opcode - Opcode.Push0;
            writer.AddPush(ReadBigEndian(bytes + pc + 1, length));
        }
        else if (opcode == Opcode.Pc)
        {
            writer.AddPush((ulong)pc);
        }
        else if (opcode is >= Opcode.Dup1 and <= Opcode.Dup16)
        {
            writer.AddOpcode(Opcode.Dup1, (ushort)(opcode - Opcode.Dup1));
        }
        else if (opcode is >= Opcode.Swap1 and <= Opcode.Swap16)
        {
            writer.AddOpcode(Opcode.Swap1, (ushort)(opcode - Opcode.Swap1 + 1));
        }
        else if (opcode is >= Opcode.Log0 and <= Opcode.Log4)
        {
            writer.AddOpcode(Opcode.Log0, (ushort)(opcode - Opcode.Log0));
        }
        else if (opcode != Opcode.JumpDest || code.IsExact)
        {
            writer.AddOpcode(opcode, 0);
        }
    }

    // In bounds: the code is followed by as many zero bytes as a PUSH may read.
    private static UInt256 ReadBigEndian(byte* bytes, int length) =>
        length <= 8
            ? length == 0 ? 0 : BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>(bytes,
                8)) >> (64 - (8 * length))
            : UInt256.FromBigEndian(new ReadOnlySpan<byte>(bytes, length));

    private static bool EndsRun(Opcode opcode) => opcode is
        Opcode.Stop or Opcode.Jump or Opcode.Return or Opcode.Revert or Opcode.Invalid or Opcode.SelfDestruct;

    private static bool EndsBlock(Opcode opcode) => opcode is
        Opcode.JumpI or Opcode.Gas or Opcode.SStore or Opcode.Call or Opcode.CallCode or Opcode.DelegateCall or
        Opcode.StaticCall or Opcode.Create or Opcode.Create2;
}
