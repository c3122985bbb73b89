using Koinon.Evm.Forks;
using Koinon.Evm.Instructions;
using Koinon.Primitives;

namespace Koinon.Evm.Decoding;

/// <summary>Writes the instructions of a run, sums gas and stack for each block, and fuses what often stands
/// together.</summary>
internal unsafe ref struct BlockWriter
{
    private readonly DecodedCode _code;
    private Instruction* _next;
    private Instruction* _block;
    private long _gas;
    private int _height;
    private int _lowest;
    private int _highest;

    // The last of the blocks before this one that are a JUMPDEST and nothing else; each names the one before it.
    private Instruction* _bare;

    // Where fusing may begin: the block's first instruction, or the one after the last that must stay as it is.
    private Instruction* _fuseFrom;

    internal BlockWriter(DecodedCode code, Instruction* run)
    {
        _code = code;
        _next = run;
    }

    /// <summary>Where the next instruction would be written.</summary>
    internal readonly Instruction* Next => _next;

    internal void BeginIfNone(int offset)
    {
        if (_block == null)
        {
            Begin(offset);
        }
    }

    internal void Begin(int offset)
    {
        _block = _next++;
        *_block = new Instruction { Operation = Operation.Block, CodeOffset = offset };
        _gas = 0;
        _height = 0;
        _lowest = 0;
        _highest = 0;
        _fuseFrom = _next;
    }

    /// <summary>Begins a block at a JUMPDEST. One that follows another at once shares the body of the block to
    /// come.</summary>
    internal void BeginAtDestination(int offset)
    {
        if (_block == null || _next != _block + 1)
        {
            End();
        }
        else
        {
            _block->Extra = (uint)_gas;
            *_next++ = new Instruction { Operation = Operation.Skip, Immediate = (ulong)_bare };
            _bare = _block;
        }

        Begin(offset);
    }

    internal void End()
    {
        if (_block == null)
        {
            return;
        }

        _block->Extra = (uint)_gas;
        _block->Argument = (ushort)-_lowest;
        _block->Growth = _highest;

        // Bare blocks before it charge for themselves and for all that follows, then go to this block's body.
        Instruction* bare = _bare;
        while (bare != null)
        {
            var before = (Instruction*)bare[1].Immediate;
            _gas += bare->Extra;
            bare->Extra = (uint)_gas;
            bare->Argument = _block->Argument;
            bare->Growth = _block->Growth;
            bare[1].Immediate = (ulong)(_block + 1);
            bare = before;
        }

        _bare = null;
        _block = null;
    }

    internal void Charge(in InstructionRow row)
    {
        _gas += row.Gas;
        _lowest = Math.Min(_lowest, _height - row.StackMin);
        _height += row.StackGrowth;
        _highest = Math.Max(_highest, _height);
    }

    internal void Add(Operation operation, ushort argument, ulong immediate) =>
        *_next++ = new Instruction { Operation = operation, Argument = argument, Immediate = immediate };

    internal void AddContinue(int offset) =>
        *_next++ = new Instruction { Operation = Operation.Continue, Extra = (uint)offset };

    internal void AddOpcode(Opcode opcode, ushort argument)
    {
        if (!_code.Fuses || !TryFuse(opcode, argument))
        {
            Add((Operation)opcode, argument, 0);
        }
    }

    internal void AddPush(in UInt256 value)
    {
        if (value.IsUInt64)
        {
            Add(Operation.PushShort, 0, value.U0);
            return;
        }

        var constant = (UInt256*)_code.Arena.Take(sizeof(UInt256));
        *constant = value;
        Add(Operation.PushLong, 0, (ulong)constant);
    }

    private bool TryFuse(Opcode opcode, ushort argument)
    {
        if (_next == _fuseFrom)
        {
            return false;
        }

        Instruction* last = _next - 1;
        return last->Operation switch
        {
            Operation.PushShort => TryFusePush(last, opcode),
            Operation.PushLong => opcode == Opcode.And && Become(last, Operation.PushLongAnd),
            < Operation.Block => TryFuseOpcode(last, (Opcode)last->Operation, opcode, argument),
            _ => false,
        };
    }

    private bool TryFusePush(Instruction* push, Opcode opcode) => opcode switch
    {
        Opcode.Jump => TryFuseJump(push, Operation.PushJump, Operation.PushJumpNowhere),
        Opcode.JumpI => TryFuseConditionalJump(push),
        Opcode.Add => Become(push, Operation.PushAdd),
        Opcode.And => Become(push, Operation.PushAnd),
        Opcode.Mul => Become(push, Operation.PushMul),
        Opcode.Shl => Become(push, Operation.PushShl),
        Opcode.Shr => Become(push, Operation.PushShr),
        Opcode.MLoad => Become(push, Operation.PushMLoad),
        Opcode.MStore => Become(push, Operation.PushMStore),
        Opcode.Eq => Become(push, Operation.PushEq),
        Opcode.Gt => Become(push, Operation.PushGt),
        Opcode.Lt => Become(push, Operation.PushLt),
        Opcode.Sub => Become(push, Operation.PushSub),
        _ => false,
    };

    private static bool TryFuseOpcode(Instruction* last, Opcode before, Opcode opcode, ushort argument)
    {
        Operation fused = (before, opcode) switch
        {
            (Opcode.Dup1, Opcode.Add) => Operation.DupAdd,
            (Opcode.Dup1, Opcode.Mul) => Operation.DupMul,
            (Opcode.Dup1, Opcode.Xor) => Operation.DupXor,
            (Opcode.Dup1, Opcode.MStore) => Operation.DupMStore,
            (Opcode.Dup1, Opcode.MLoad) => Operation.DupMLoad,
            (Opcode.Dup1, Opcode.Dup1) => Operation.DupDup,
            (Opcode.Dup1, Opcode.Swap1) => Operation.DupSwap,
            (Opcode.Swap1, Opcode.Pop) => Operation.SwapPop,
            (Opcode.Swap1, Opcode.Swap1) => Operation.SwapSwap,
            (Opcode.Swap1, Opcode.Sub) when last->Argument == 1 => Operation.Swap1Sub,
            (Opcode.Pop, Opcode.Pop) => Operation.PopPop,
            (Opcode.Add, Opcode.Add) => Operation.AddAdd,
            (Opcode.IsZero, Opcode.IsZero) => Operation.IsZeroIsZero,
            _ => Operation.Last,
        };
        if (fused == Operation.Last)
        {
            return false;
        }

        last->Operation = fused;
        last->Extra = argument;
        return true;
    }

    private static bool Become(Instruction* instruction, Operation operation)
    {
        instruction->Operation = operation;
        return true;
    }

    // The target's number takes the place of the constant.
    private readonly bool TryFuseJump(Instruction* push, Operation known, Operation nowhere)
    {
        ulong destination = push->Immediate;
        bool valid = destination < (ulong)_code.Length && _code.TryGetRank((int)destination, out push->Extra);
        push->Operation = valid ? known : nowhere;
        return true;
    }

    // PUSH JUMPI, with the comparison before it where there is one.
    private bool TryFuseConditionalJump(Instruction* push)
    {
        TryFuseJump(push, Operation.PushJumpI, Operation.PushJumpINowhere);
        if (push->Operation == Operation.PushJumpINowhere || push == _fuseFrom)
        {
            return true;
        }

        Instruction* before = push - 1;
        bool negated = before->Operation == (Operation)Opcode.IsZero && before != _fuseFrom;
        Operation fused = before->Operation switch
        {
            (Operation)Opcode.IsZero => (negated ? (before - 1)->Operation : Operation.Last) switch
            {
                (Operation)Opcode.Lt => Operation.LtIsZeroPushJumpI,
                (Operation)Opcode.Gt => Operation.GtIsZeroPushJumpI,
                _ => Operation.IsZeroPushJumpI,
            },
            (Operation)Opcode.Eq => Operation.EqPushJumpI,
            (Operation)Opcode.Lt => Operation.LtPushJumpI,
            (Operation)Opcode.Gt => Operation.GtPushJumpI,
            (Operation)Opcode.Dup1 => Operation.DupPushJumpI,
            Operation.PushEq when IsDup1(before - 1) => Operation.DupPushEqPushJumpI,
            Operation.PushGt when IsDup1(before - 1) => Operation.DupPushGtPushJumpI,
            Operation.PushLt when IsDup1(before - 1) => Operation.DupPushLtPushJumpI,
            _ => Operation.Last,
        };
        if (fused == Operation.Last)
        {
            return true;
        }

        bool three = fused is Operation.LtIsZeroPushJumpI or Operation.GtIsZeroPushJumpI or
            Operation.DupPushEqPushJumpI or Operation.DupPushGtPushJumpI or Operation.DupPushLtPushJumpI;
        Instruction* first = three ? before - 1 : before;
        ushort depth = first->Argument;
        ulong immediate = three && fused >= Operation.DupPushEqPushJumpI ? before->Immediate : 0;
        uint rank = push->Extra;
        *first = new Instruction { Operation = fused, Argument = depth, Extra = rank, Immediate = immediate };
        _next = first + 1;
        return true;
    }

    private readonly bool IsDup1(Instruction* instruction) =>
        instruction >= _fuseFrom && instruction->Operation == (Operation)Opcode.Dup1 && instruction->Argument == 0;
}
