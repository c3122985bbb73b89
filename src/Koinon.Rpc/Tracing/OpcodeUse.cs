using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;

namespace Koinon.Rpc.Tracing;

/// <summary>How often each opcode ran, and what it cost.</summary>
/// <remarks>What a call or creation hands on to its frame is not counted as its cost.</remarks>
internal sealed class OpcodeUse
{
    private readonly long[] _counts = new long[256];
    private readonly long[] _gas = new long[256];
    private Opcode _opcode;
    private long _gasBefore;
    private long _baseCost;

    /// <summary>An instruction begins.</summary>
    public void Begin(in Step step)
    {
        _opcode = step.Opcode;
        _gasBefore = step.GasLeft;
        _baseCost = step.BaseCost;
        _counts[(byte)_opcode]++;
    }

    /// <summary>It has run, or has halted its frame.</summary>
    public void End(long gasLeft, HaltReason halt) =>
        _gas[(byte)_opcode] += StepCost.Of(_gasBefore, gasLeft, _baseCost, halt);

    /// <summary>A frame begins with gas of the instruction that ran last.</summary>
    public void HandOn(long gas) => _gas[(byte)_opcode] -= gas;

    /// <summary>The opcodes that ran, in their order.</summary>
    public IEnumerable<(Opcode Opcode, long Count, long Gas)> Rows()
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0)
            {
                yield return ((Opcode)i, _counts[i], Math.Max(0, _gas[i]));
            }
        }
    }
}
