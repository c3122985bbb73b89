using System.Diagnostics;
using System.Runtime.CompilerServices;
using Koinon.Evm.Decoding;
using Koinon.Evm.Frames;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;
using Koinon.Primitives;

namespace Koinon.Evm;

/// <summary>The one loop that runs code.</summary>
/// <remarks>
/// It runs the decoded stream of the machine's frame, and of those that it calls, until the first frame ends. Program
/// counter, stack pointer and gas are locals, so that they stay in registers; they are stored into the frame only where
/// another frame takes over. Gas and stack are tested once a block. Fork rules are in the stream and in the machine's
/// tables: none is named here. Long or rare operations are methods of their own that take the gas and give it back,
/// negative where the frame must end; short ones stand here, and what they compute is <see cref="UInt256"/>'s meaning.
/// </remarks>
internal static unsafe partial class Interpreter
{
    /// <summary>Runs the machine's frame to its end.</summary>
    /// <returns>The gas left; the machine's <see cref="Machine.Halt"/> says how it ended.</returns>
    // One method and long, since a call would store the registers: a table of small cases in the order of the opcodes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static long Run<TTracer>(Machine machine, ref TTracer tracer)
        where TTracer : struct, ITracer
    {
        unchecked
        {
            Instruction* ip;
            DecodedCode stream;
            UInt256* sp;
            UInt256* stackBase;
            long gas;
            byte* memory;
            ulong memorySize;

        LoadFrame:
            {
                Frame frame = machine.Frame;
                if (frame.Ip == null)
                {
                    frame.Stream = TTracer.TracesSteps ? frame.Code.Exact() : frame.Code;
                    frame.Ip = frame.Stream.Entry();
                }

                ip = frame.Ip;
                stream = frame.Stream;
                sp = frame.Sp;
                stackBase = frame.StackBase;
                gas = machine.TakeSlice(frame.Gas);
                memory = machine.Memory;
                memorySize = machine.MemorySize;
                goto Next;
            }

        EnterBlock:
            Debug.Assert(ip->Operation == Operation.Block, "Jumps lead to blocks.");
            if (TTracer.TracesSteps)
            {
                AnnounceStep(machine, ref tracer, ip, sp, gas);
            }

            gas -= ip->Extra;
            if (gas < 0)
            {
                gas = machine.Refill(gas);
                if (gas < 0)
                {
                    goto BlockFailed;
                }
            }

            if (sp - ip->Argument < stackBase || sp + ip->Growth > stackBase + StackArena.WordsMax)
            {
                goto BlockFailed;
            }

            ip++;

        Next:
            switch ((ip++)->Operation)
            {
                case Operation.Block:
                    ip--;
                    goto EnterBlock;

                case (Operation)Opcode.Stop:
                    machine.ReturnLength = 0;
                    machine.Halt = HaltReason.None;
                    goto FrameEnds;

                case (Operation)Opcode.Add:
                    UInt256.AddOverflow(sp[0], sp[-1], out sp[-1]);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Mul:
                    Multiply(sp);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Sub:
                    UInt256.SubtractUnderflow(sp[0], sp[-1], out sp[-1]);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Div:
                    UInt256.Divide(sp[0], sp[-1], out sp[-1]);
                    sp--;
                    goto Next;

                case (Operation)Opcode.SDiv:
                    UInt256.SignedDivide(sp[0], sp[-1], out sp[-1]);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Mod:
                    UInt256.Remainder(sp[0], sp[-1], out sp[-1]);
                    sp--;
                    goto Next;

                case (Operation)Opcode.SMod:
                    UInt256.SignedRemainder(sp[0], sp[-1], out sp[-1]);
                    sp--;
                    goto Next;

                case (Operation)Opcode.AddMod:
                    UInt256.AddModulo(sp[0], sp[-1], sp[-2], out sp[-2]);
                    sp -= 2;
                    goto Next;

                case (Operation)Opcode.MulMod:
                    UInt256.MultiplyModulo(sp[0], sp[-1], sp[-2], out sp[-2]);
                    sp -= 2;
                    goto Next;

                case (Operation)Opcode.Exp:
                    gas = machine.Charge(gas, BlockInstructions.ExponentGas(machine, sp[-1]));
                    if (gas < 0)
                    {
                        goto FrameEnds;
                    }

                    Power(sp);
                    sp--;
                    goto Next;

                case (Operation)Opcode.SignExtend:
                    SignExtend(sp);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Lt:
                    SetBoolean(sp - 1, sp[0] < sp[-1]);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Gt:
                    SetBoolean(sp - 1, sp[-1] < sp[0]);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Slt:
                    SetBoolean(sp - 1, UInt256.SignedLessThan(sp[0], sp[-1]));
                    sp--;
                    goto Next;

                case (Operation)Opcode.Sgt:
                    SetBoolean(sp - 1, UInt256.SignedLessThan(sp[-1], sp[0]));
                    sp--;
                    goto Next;

                case (Operation)Opcode.Eq:
                    SetBoolean(sp - 1, sp[0].Equals(sp[-1]));
                    sp--;
                    goto Next;

                case (Operation)Opcode.IsZero:
                    SetBoolean(sp, sp->IsZero);
                    goto Next;

                case (Operation)Opcode.And:
                    And(sp - 1, sp);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Or:
                    Or(sp - 1, sp);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Xor:
                    Xor(sp - 1, sp);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Not:
                    Not(sp);
                    goto Next;

                case (Operation)Opcode.Byte:
                    SetShort(sp - 1, sp->IsUInt64 ? UInt256.ByteAt(sp[-1], sp->U0) : 0);
                    sp--;
                    goto Next;

                case (Operation)Opcode.Shl:
                    ShiftLeft(sp - 1, ShiftOf(sp));
                    sp--;
                    goto Next;

                case (Operation)Opcode.Shr:
                    ShiftRight(sp - 1, ShiftOf(sp));
                    sp--;
                    goto Next;

                case (Operation)Opcode.Sar:
                    ShiftRightArithmetic(sp - 1, ShiftOf(sp));
                    sp--;
                    goto Next;

                case (Operation)Opcode.Clz:
                    SetShort(sp, (ulong)UInt256.LeadingZeroCount(*sp));
                    goto Next;

                case (Operation)Opcode.Keccak256:
                    gas = MemoryInstructions.Keccak256(machine, sp, gas);
                    sp--;
                    goto MemoryMayHaveGrown;

                case (Operation)Opcode.Address:
                    *++sp = machine.Frame.Self.ToWord();
                    goto Next;

                case (Operation)Opcode.Balance:
                    gas = AccountInstructions.Balance(machine, sp, gas);
                    goto MayHaveHalted;

                case (Operation)Opcode.Origin:
                    *++sp = machine.Environment.Origin;
                    goto Next;

                case (Operation)Opcode.Caller:
                    *++sp = machine.Frame.Caller.ToWord();
                    goto Next;

                case (Operation)Opcode.CallValue:
                    *++sp = machine.Frame.Value;
                    goto Next;

                case (Operation)Opcode.CallDataLoad:
                    *sp = MemoryInstructions.CallDataLoad(machine, *sp);
                    goto Next;

                case (Operation)Opcode.CallDataSize:
                    SetShort(++sp, (ulong)machine.Frame.InputLength);
                    goto Next;

                case (Operation)Opcode.CallDataCopy:
                    gas = MemoryInstructions.CallDataCopy(machine, sp, gas);
                    sp -= 3;
                    goto MemoryMayHaveGrown;

                case (Operation)Opcode.CodeSize:
                    SetShort(++sp, (ulong)machine.Frame.Code.Length);
                    goto Next;

                case (Operation)Opcode.CodeCopy:
                    gas = MemoryInstructions.CodeCopy(machine, sp, gas);
                    sp -= 3;
                    goto MemoryMayHaveGrown;

                case (Operation)Opcode.GasPrice:
                    *++sp = machine.Environment.GasPrice;
                    goto Next;

                case (Operation)Opcode.ExtCodeSize:
                    gas = AccountInstructions.ExtCodeSize(machine, sp, gas);
                    goto MayHaveHalted;

                case (Operation)Opcode.ExtCodeCopy:
                    gas = AccountInstructions.ExtCodeCopy(machine, sp, gas);
                    sp -= 4;
                    goto MemoryMayHaveGrown;

                case (Operation)Opcode.ReturnDataSize:
                    SetShort(++sp, (ulong)machine.ReturnLength);
                    goto Next;

                case (Operation)Opcode.ReturnDataCopy:
                    gas = MemoryInstructions.ReturnDataCopy(machine, sp, gas);
                    sp -= 3;
                    goto MemoryMayHaveGrown;

                case (Operation)Opcode.ExtCodeHash:
                    gas = AccountInstructions.ExtCodeHash(machine, sp, gas);
                    goto MayHaveHalted;

                case (Operation)Opcode.BlockHash:
                    *sp = BlockInstructions.BlockHash(machine, *sp);
                    goto Next;

                case (Operation)Opcode.Coinbase:
                    *++sp = machine.Environment.Beneficiary;
                    goto Next;

                case (Operation)Opcode.Timestamp:
                    *++sp = machine.Environment.Timestamp;
                    goto Next;

                case (Operation)Opcode.Number:
                    *++sp = machine.Environment.Number;
                    goto Next;

                case (Operation)Opcode.PrevRandao:
                    *++sp = machine.Environment.Randao;
                    goto Next;

                case (Operation)Opcode.GasLimit:
                    *++sp = machine.Environment.GasLimit;
                    goto Next;

                case (Operation)Opcode.ChainId:
                    *++sp = machine.Environment.ChainId;
                    goto Next;

                case (Operation)Opcode.SelfBalance:
                    *++sp = machine.State[machine.Frame.Account].Balance;
                    goto Next;

                case (Operation)Opcode.BaseFee:
                    *++sp = machine.Environment.BaseFee;
                    goto Next;

                case (Operation)Opcode.BlobHash:
                    *sp = BlockInstructions.BlobHash(machine, *sp);
                    goto Next;

                case (Operation)Opcode.BlobBaseFee:
                    *++sp = machine.Environment.BlobBaseFee;
                    goto Next;

                case (Operation)Opcode.Pop:
                    sp--;
                    goto Next;

                case (Operation)Opcode.MLoad:
                    if (!sp->IsUInt64 || sp->U0 + UInt256.Size > memorySize || sp->U0 > memorySize)
                    {
                        gas = machine.ExpandMemory(gas, *sp, UInt256.Size);
                        if (gas < 0)
                        {
                            goto FrameEnds;
                        }

                        memory = machine.Memory;
                        memorySize = machine.MemorySize;
                    }

                    LoadWord(sp, memory + sp->U0);
                    goto Next;

                case (Operation)Opcode.MStore:
                    if (!sp->IsUInt64 || sp->U0 + UInt256.Size > memorySize || sp->U0 > memorySize)
                    {
                        gas = machine.ExpandMemory(gas, *sp, UInt256.Size);
                        if (gas < 0)
                        {
                            goto FrameEnds;
                        }

                        memory = machine.Memory;
                        memorySize = machine.MemorySize;
                    }

                    StoreWord(memory + sp->U0, sp - 1);
                    sp -= 2;
                    goto Next;

                case (Operation)Opcode.MStore8:
                    if (!sp->IsUInt64 || sp->U0 >= memorySize)
                    {
                        gas = machine.ExpandMemory(gas, *sp, 1);
                        if (gas < 0)
                        {
                            goto FrameEnds;
                        }

                        memory = machine.Memory;
                        memorySize = machine.MemorySize;
                    }

                    memory[sp->U0] = (byte)sp[-1].U0;
                    sp -= 2;
                    goto Next;

                case (Operation)Opcode.SLoad:
                    gas = StorageInstructions.SLoad(machine, sp, gas);
                    goto MayHaveHalted;

                case (Operation)Opcode.SStore:
                    gas = StorageInstructions.SStore(machine, sp, gas);
                    sp -= 2;
                    goto MayHaveHalted;

                case (Operation)Opcode.Jump:
                    ip = stream.FindTarget(*sp);
                    sp--;
                    if (ip == null)
                    {
                        goto InvalidJump;
                    }

                    goto EnterBlock;

                case (Operation)Opcode.JumpI:
                    sp -= 2;
                    if (sp[1].IsZero)
                    {
                        goto Next;
                    }

                    ip = stream.FindTarget(sp[2]);
                    if (ip == null)
                    {
                        goto InvalidJump;
                    }

                    goto EnterBlock;

                case (Operation)Opcode.MSize:
                    SetShort(++sp, memorySize);
                    goto Next;

                case (Operation)Opcode.Gas:
                    SetShort(++sp, (ulong)(gas + machine.GasReserve));
                    goto Next;

                case (Operation)Opcode.JumpDest:
                    goto Next;

                case (Operation)Opcode.TLoad:
                    *sp = machine.State.ReadTransient(machine.Frame.Account, *sp);
                    goto Next;

                case (Operation)Opcode.TStore:
                    gas = StorageInstructions.TStore(machine, sp, gas);
                    sp -= 2;
                    goto MayHaveHalted;

                case (Operation)Opcode.MCopy:
                    gas = MemoryInstructions.MCopy(machine, sp, gas);
                    sp -= 3;
                    goto MemoryMayHaveGrown;

                case Operation.PushShort:
                    SetShort(++sp, ip[-1].Immediate);
                    goto Next;

                case Operation.PushLong:
                    *++sp = *(UInt256*)ip[-1].Immediate;
                    goto Next;

                case (Operation)Opcode.Dup1:
                    sp[1] = sp[-(nint)ip[-1].Argument];
                    sp++;
                    goto Next;

                case (Operation)Opcode.Swap1:
                    Swap(sp, sp - ip[-1].Argument);
                    goto Next;

                case (Operation)Opcode.Log0:
                    {
                        int topics = ip[-1].Argument;
                        gas = MemoryInstructions.Log(machine, sp, gas, topics);
                        sp -= topics + 2;
                        if (TTracer.TracesFrames && gas >= 0)
                        {
                            AnnounceLog(machine, ref tracer);
                        }

                        goto MemoryMayHaveGrown;
                    }

                case (Operation)Opcode.Create:
                case (Operation)Opcode.Create2:
                    {
                        var kind = ip[-1].Operation == (Operation)Opcode.Create ? FrameKind.Create : FrameKind.Create2;
                        Save(machine, ip, sp, gas);
                        CallResult result = machine.Create(kind);
                        if (TTracer.TracesSteps || TTracer.TracesFrames)
                        {
                            AnnounceCall(machine, ref tracer, result);
                        }

                        if (result == CallResult.Halted)
                        {
                            gas = 0;
                            goto FrameEnds;
                        }

                        goto LoadFrame;
                    }

                case (Operation)Opcode.Call:
                case (Operation)Opcode.CallCode:
                case (Operation)Opcode.DelegateCall:
                case (Operation)Opcode.StaticCall:
                    {
                        FrameKind kind = KindOf((Opcode)ip[-1].Operation);
                        Save(machine, ip, sp, gas);
                        CallResult result = machine.Call(kind);
                        if (TTracer.TracesSteps || TTracer.TracesFrames)
                        {
                            AnnounceCall(machine, ref tracer, result);
                        }

                        if (result == CallResult.Halted)
                        {
                            gas = 0;
                            goto FrameEnds;
                        }

                        goto LoadFrame;
                    }

                case (Operation)Opcode.Return:
                    gas = MemoryInstructions.Return(machine, sp, gas);
                    if (gas >= 0)
                    {
                        machine.Halt = HaltReason.None;
                    }

                    goto FrameEnds;

                case (Operation)Opcode.Revert:
                    gas = MemoryInstructions.Return(machine, sp, gas);
                    if (gas >= 0)
                    {
                        machine.Halt = HaltReason.Reverted;
                    }

                    goto FrameEnds;

                case (Operation)Opcode.SelfDestruct:
                    if (TTracer.TracesFrames)
                    {
                        machine.BalanceLeft = machine.State[machine.Frame.Account].Balance;
                    }

                    gas = AccountInstructions.SelfDestruct(machine, sp, gas);
                    if (gas >= 0)
                    {
                        if (TTracer.TracesFrames)
                        {
                            tracer.OnSelfDestruct(machine.Frame.Self, Address.FromWord(*sp), machine.BalanceLeft);
                        }

                        machine.ReturnLength = 0;
                        machine.Halt = HaltReason.None;
                    }

                    goto FrameEnds;

                case Operation.PushJump:
                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.PushJumpI:
                    sp--;
                    if (sp[1].IsZero)
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.PushJumpNowhere:
                    goto InvalidJump;

                case Operation.PushJumpINowhere:
                    sp--;
                    if (sp[1].IsZero)
                    {
                        goto Next;
                    }

                    goto InvalidJump;

                case Operation.PushAdd:
                    AddShort(sp, ip[-1].Immediate);
                    goto Next;

                case Operation.PushAnd:
                    SetShort(sp, sp->U0 & ip[-1].Immediate);
                    goto Next;

                case Operation.PushLongAnd:
                    And(sp, (UInt256*)ip[-1].Immediate);
                    goto Next;

                case Operation.PushMul:
                    MultiplyShort(sp, ip[-1].Immediate);
                    goto Next;

                case Operation.PushShl:
                    ShiftLeft(sp, ip[-1].Immediate);
                    goto Next;

                case Operation.PushShr:
                    ShiftRight(sp, ip[-1].Immediate);
                    goto Next;

                case Operation.PushMLoad:
                    {
                        ulong offset = ip[-1].Immediate;
                        if (offset + UInt256.Size > memorySize || offset > memorySize)
                        {
                            gas = machine.ExpandMemory(gas, (UInt256)offset, UInt256.Size);
                            if (gas < 0)
                            {
                                goto FrameEnds;
                            }

                            memory = machine.Memory;
                            memorySize = machine.MemorySize;
                        }

                        LoadWord(++sp, memory + offset);
                        goto Next;
                    }

                case Operation.PushMStore:
                    {
                        ulong offset = ip[-1].Immediate;
                        if (offset + UInt256.Size > memorySize || offset > memorySize)
                        {
                            gas = machine.ExpandMemory(gas, (UInt256)offset, UInt256.Size);
                            if (gas < 0)
                            {
                                goto FrameEnds;
                            }

                            memory = machine.Memory;
                            memorySize = machine.MemorySize;
                        }

                        StoreWord(memory + offset, sp);
                        sp--;
                        goto Next;
                    }

                case Operation.PushEq:
                    SetBoolean(sp, EqualsShort(sp, ip[-1].Immediate));
                    goto Next;

                case Operation.PushGt:
                    SetBoolean(sp, sp->IsUInt64 && sp->U0 < ip[-1].Immediate);
                    goto Next;

                case Operation.PushLt:
                    SetBoolean(sp, !sp->IsUInt64 || sp->U0 > ip[-1].Immediate);
                    goto Next;

                case Operation.PushSub:
                    SubtractFromShort(sp, ip[-1].Immediate);
                    goto Next;

                case Operation.DupAdd:
                    UInt256.AddOverflow(sp[-(nint)ip[-1].Argument], sp[0], out sp[0]);
                    goto Next;

                case Operation.DupMul:
                    MultiplyBy(sp, sp - ip[-1].Argument);
                    goto Next;

                case Operation.DupXor:
                    Xor(sp, sp - ip[-1].Argument);
                    goto Next;

                case Operation.DupMStore:
                    {
                        UInt256* word = sp - ip[-1].Argument;
                        if (!word->IsUInt64 || word->U0 + UInt256.Size > memorySize || word->U0 > memorySize)
                        {
                            gas = machine.ExpandMemory(gas, *word, UInt256.Size);
                            if (gas < 0)
                            {
                                goto FrameEnds;
                            }

                            memory = machine.Memory;
                            memorySize = machine.MemorySize;
                        }

                        StoreWord(memory + word->U0, sp);
                        sp--;
                        goto Next;
                    }

                case Operation.DupMLoad:
                    {
                        UInt256* word = sp - ip[-1].Argument;
                        if (!word->IsUInt64 || word->U0 + UInt256.Size > memorySize || word->U0 > memorySize)
                        {
                            gas = machine.ExpandMemory(gas, *word, UInt256.Size);
                            if (gas < 0)
                            {
                                goto FrameEnds;
                            }

                            memory = machine.Memory;
                            memorySize = machine.MemorySize;
                        }

                        LoadWord(++sp, memory + word->U0);
                        goto Next;
                    }

                case Operation.DupDup:
                    sp[1] = sp[-(nint)ip[-1].Argument];
                    sp[2] = sp[1 - (nint)ip[-1].Extra];
                    sp += 2;
                    goto Next;

                case Operation.DupSwap:
                    sp[1] = sp[-(nint)ip[-1].Argument];
                    sp++;
                    Swap(sp, sp - ip[-1].Extra);
                    goto Next;

                case Operation.SwapPop:
                    sp[-(nint)ip[-1].Argument] = *sp;
                    sp--;
                    goto Next;

                case Operation.SwapSwap:
                    Swap(sp, sp - ip[-1].Argument);
                    Swap(sp, sp - ip[-1].Extra);
                    goto Next;

                case Operation.Swap1Sub:
                    UInt256.SubtractUnderflow(sp[-1], sp[0], out sp[-1]);
                    sp--;
                    goto Next;

                case Operation.PopPop:
                    sp -= 2;
                    goto Next;

                case Operation.AddAdd:
                    UInt256.AddOverflow(sp[0], sp[-1], out sp[-1]);
                    UInt256.AddOverflow(sp[-1], sp[-2], out sp[-2]);
                    sp -= 2;
                    goto Next;

                case Operation.IsZeroIsZero:
                    SetBoolean(sp, !sp->IsZero);
                    goto Next;

                case Operation.IsZeroPushJumpI:
                    sp--;
                    if (!sp[1].IsZero)
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.EqPushJumpI:
                    sp -= 2;
                    if (!sp[1].Equals(sp[2]))
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.LtPushJumpI:
                    sp -= 2;
                    if (!(sp[2] < sp[1]))
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.GtPushJumpI:
                    sp -= 2;
                    if (!(sp[1] < sp[2]))
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.LtIsZeroPushJumpI:
                    sp -= 2;
                    if (sp[2] < sp[1])
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.GtIsZeroPushJumpI:
                    sp -= 2;
                    if (sp[1] < sp[2])
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.DupPushJumpI:
                    if (sp[-(nint)ip[-1].Argument].IsZero)
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.DupPushEqPushJumpI:
                    if (!EqualsShort(sp, ip[-1].Immediate))
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.DupPushGtPushJumpI:
                    if (!sp->IsUInt64 || sp->U0 >= ip[-1].Immediate)
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.DupPushLtPushJumpI:
                    if (sp->IsUInt64 && sp->U0 <= ip[-1].Immediate)
                    {
                        goto Next;
                    }

                    ip = stream.Target(ip[-1].Extra);
                    goto EnterBlock;

                case Operation.Skip:
                    ip = (Instruction*)ip[-1].Immediate;
                    goto Next;

                case Operation.Continue:
                    ip = ip[-1].Immediate != 0 ? (Instruction*)ip[-1].Immediate : stream.Resolve(ip - 1);
                    goto EnterBlock;

                case (Operation)Opcode.Invalid:
                case Operation.Undefined:
                default:
                    machine.HaltFound = ip[-1].Argument;
                    machine.Halt = HaltReason.InvalidOpcode;
                    goto FrameEnds;
            }

        MemoryMayHaveGrown:
            if (gas < 0)
            {
                goto FrameEnds;
            }

            memory = machine.Memory;
            memorySize = machine.MemorySize;
            goto Next;

        MayHaveHalted:
            if (gas < 0)
            {
                goto FrameEnds;
            }

            goto Next;

        InvalidJump:
            machine.Halt = HaltReason.InvalidJump;
            goto FrameEnds;

        BlockFailed:
            if (machine.Halt == HaltReason.Cancelled)
            {
                goto FrameEnds;
            }

            if (!stream.IsExact)
            {
                // One instruction of the block cannot be paid for or finds a wrong stack: which one is seen instruction
                // by instruction.
                gas += ip->Extra;
                stream = machine.Frame.Code.Exact();
                machine.Frame.Stream = stream;
                ip = stream.DecodeAt(ip->CodeOffset);
                goto EnterBlock;
            }

            machine.Halt = BlockFailure(machine, ip, sp, stackBase);

        FrameEnds:
            {
                if (TTracer.TracesSteps)
                {
                    CloseStep(machine, ref tracer, gas + machine.GasReserve, machine.Halt);
                }

                long left = machine.Halt is HaltReason.None or HaltReason.Reverted ? gas : 0;
                bool hasCaller = TTracer.TracesFrames
                    ? LeaveTraced(machine, ref tracer, left)
                    : machine.Leave(left);

                if (machine.Halt is HaltReason.Cancelled or HaltReason.StateUnavailable)
                {
                    // The whole run ends: the callers are left one after another without running.
                    while (hasCaller)
                    {
                        hasCaller = machine.Leave(0);
                    }
                }

                if (!hasCaller)
                {
                    return machine.Frame.Gas;
                }

                goto LoadFrame;
            }
        }
    }
}
