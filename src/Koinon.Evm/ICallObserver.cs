using Koinon.Primitives;

namespace Koinon.Evm;

/// <summary>Hears of every call to one address that has no code, such as the console of development chains.</summary>
/// <remarks>
/// <para>Give it as <see cref="ExecutionLimits.Observer"/>, or to a block that is built as
/// <c>BlockExecution.Observer</c>. The call does what it would do unheard: it succeeds, returns nothing and costs what
/// a call to an account without code costs. Calls of every kind are heard, by the address whose code would run, in
/// the order in which they are made, and also where a frame or the whole transaction is undone afterwards.</para>
/// <para>Without an observer a run pays nothing: it is looked for only where a call has met an account without code.
/// Whoever runs a transaction again (to trace it, to search for its gas) gives none, so that nothing is heard
/// twice.</para>
/// </remarks>
public interface ICallObserver
{
    /// <summary>The address whose calls are heard.</summary>
    Address Watched { get; }

    /// <summary>A call was made.</summary>
    /// <param name="input">Its data; valid during the call only.</param>
    /// <remarks>Called by the thread that executes: it must be quick, and must not run anything itself.</remarks>
    void OnCall(ReadOnlySpan<byte> input);
}
