using System.Runtime.CompilerServices;
using Koinon.Evm.Decoding;
using Koinon.Evm.Frames;
using Koinon.Evm.Instructions;
using Koinon.Evm.Journal;
using Koinon.Evm.Tracing;
using Koinon.Primitives;

namespace Koinon.Evm;

// What the loop tells a tracer. None of it is compiled into a run without one.
internal static unsafe partial class Interpreter
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AnnounceStep<TTracer>(Machine machine, ref TTracer tracer, Instruction* block, UInt256* sp,
        long gas)
        where TTracer : struct, ITracer
    {
        Frame frame = machine.Frame;
        CloseStep(machine, ref tracer, gas + machine.GasReserve, HaltReason.None);
        int offset = block->CodeOffset;
        tracer.OnStep(new Step
        {
            ProgramCounter = offset,
            Opcode = offset < frame.Code.Length ? (Opcode)frame.Code.Bytes[offset] : Opcode.Stop,
            GasLeft = gas + machine.GasReserve,
            Depth = machine.Depth + 1,

            // In bounds: the words between the stack's base and its top were written by the frame.
            Stack = new ReadOnlySpan<UInt256>(frame.StackBase + 1, (int)(sp - frame.StackBase)),
            Memory = new ReadOnlySpan<byte>(machine.Memory, (int)machine.MemorySize),
            ReturnData = machine.ReturnData,
            Refund = machine.State.Refund,
            Contract = frame.Self,
            BaseCost = block->Extra,
            Machine = machine,
        });
        machine.IsStepOpen = true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CloseStep<TTracer>(Machine machine, ref TTracer tracer, long gasLeft, HaltReason halt)
        where TTracer : struct, ITracer
    {
        if (machine.IsStepOpen)
        {
            machine.IsStepOpen = false;
            tracer.OnStepEnd(gasLeft, halt);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AnnounceCall<TTracer>(Machine machine, ref TTracer tracer, CallResult result)
        where TTracer : struct, ITracer
    {
        if (result == CallResult.Halted)
        {
            CloseStep(machine, ref tracer, machine.GasAfterCall, machine.Halt);
            return;
        }

        CloseStep(machine, ref tracer, machine.GasAfterCall, HaltReason.None);
        if (TTracer.TracesFrames)
        {
            tracer.OnFrameStart(machine.LastCall);
            if (result == CallResult.Completed)
            {
                FrameStart call = machine.LastCall;
                tracer.OnFrameEnd(new FrameEnd(call.Halt, call.GasUsed, machine.ReturnData)
                {
                    Error = HaltReasonText.Of(call.Halt),
                });
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool LeaveTraced<TTracer>(Machine machine, ref TTracer tracer, long gasLeft)
        where TTracer : struct, ITracer
    {
        Frame frame = machine.Frame;
        int length = machine.ReturnLength;
        bool hasCaller = machine.Leave(gasLeft);
        if (TTracer.TracesFrames)
        {
            bool returns = machine.Halt is HaltReason.None or HaltReason.Reverted;
            ReadOnlySpan<byte> output = returns ? machine.ReturnBuffer(length) : [];
            tracer.OnFrameEnd(new FrameEnd(machine.Halt, frame.GasGiven - frame.Gas, output)
            {
                Error = machine.HaltText,
            });
        }

        return hasCaller;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AnnounceLog<TTracer>(Machine machine, ref TTracer tracer)
        where TTracer : struct, ITracer
    {
        ref LogRecord log = ref machine.State.LastLog;
        ReadOnlySpan<Hash256> topics = [log.Topic0, log.Topic1, log.Topic2, log.Topic3];
        tracer.OnLog(log.Address, topics[..log.TopicCount], machine.State.LogData(log));
    }
}
