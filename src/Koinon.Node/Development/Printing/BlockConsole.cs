using Koinon.Chain.Building;
using Koinon.Primitives;

namespace Koinon.Node.Development.Printing;

/// <summary>Prints what contracts say while a block is built, once the block stands.</summary>
/// <param name="printer">Prints.</param>
internal sealed class BlockConsole(DevelopmentPrinter printer) : IBuildConsole
{
    private readonly List<byte[]> _heard = [];

    /// <inheritdoc/>
    public Address Watched => ConsoleMessage.Receiver;

    /// <inheritdoc/>
    public void OnCall(ReadOnlySpan<byte> input) => _heard.Add(input.ToArray());

    /// <inheritdoc/>
    public void Begin() => _heard.Clear();

    /// <inheritdoc/>
    public void Committed()
    {
        foreach (byte[] input in _heard)
        {
            printer.Say(ConsoleMessage.Read(input));
        }

        _heard.Clear();
    }
}
