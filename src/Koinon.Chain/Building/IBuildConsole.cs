using Koinon.Evm;

namespace Koinon.Chain.Building;

/// <summary>Hears what contracts say while a block is built, and whether that block came to stand.</summary>
/// <remarks>Used by one builder at a time: a block that is built again, on missing state or a moved head, begins anew.
/// </remarks>
public interface IBuildConsole : ICallObserver
{
    /// <summary>A block is built from here.</summary>
    void Begin();

    /// <summary>It is the head now.</summary>
    void Committed();
}
