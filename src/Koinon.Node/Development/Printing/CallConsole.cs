using Koinon.Evm;
using Koinon.Primitives;

namespace Koinon.Node.Development.Printing;

/// <summary>Prints what contracts say while they are called.</summary>
/// <param name="printer">Prints.</param>
internal sealed class CallConsole(DevelopmentPrinter printer) : ICallObserver
{
    /// <inheritdoc/>
    public Address Watched => ConsoleMessage.Receiver;

    /// <inheritdoc/>
    public void OnCall(ReadOnlySpan<byte> input) => printer.Say(ConsoleMessage.Read(input.ToArray()));
}
