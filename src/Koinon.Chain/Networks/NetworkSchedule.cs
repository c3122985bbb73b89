using Koinon.Chain.Forks;
using Koinon.Primitives;

namespace Koinon.Chain.Networks;

/// <summary>Says which rules a block of a network follows.</summary>
/// <remarks>Immutable; a look-up walks the activations, some twenty at most.</remarks>
public sealed class NetworkSchedule
{
    private readonly (ActivationKind Kind, UInt256 At, ActiveRules Rules)[] _stages;

    /// <summary>Builds the schedule of a network.</summary>
    /// <param name="parameters">Its activations are taken as they stand: the order is theirs.</param>
    /// <exception cref="ArgumentException">There is no activation, or the first names no fork.</exception>
    public NetworkSchedule(NetworkParameters parameters)
    {
        Parameters = parameters;
        BlockRules rules = parameters.Activations.Count > 0 && parameters.Activations[0].Rules is { } first
            ? first
            : throw new ArgumentException("The first activation names the fork of the genesis.", nameof(parameters));
        BlobParameters? blobs = null;
        _stages = new (ActivationKind, UInt256, ActiveRules)[parameters.Activations.Count];
        for (int i = 0; i < _stages.Length; i++)
        {
            ForkActivation activation = parameters.Activations[i];
            BlobParameters? former = rules.Blobs;
            rules = activation.Rules ?? rules;

            // A fork that brings no blob parameters of its own keeps what the network had before it.
            blobs = activation.Blobs ?? (rules.Blobs == former ? blobs ?? rules.Blobs : rules.Blobs);
            _stages[i] = (activation.Kind, activation.At, new ActiveRules(rules, blobs));
        }
    }

    /// <summary>What the schedule was built from.</summary>
    public NetworkParameters Parameters { get; }

    /// <summary>The rules of a block.</summary>
    /// <param name="number">The block's number.</param>
    /// <param name="time">The block's time in seconds.</param>
    /// <param name="parentTotalDifficulty">Total difficulty up to and with its parent; zero for the genesis.</param>
    public ActiveRules At(ulong number, ulong time, in UInt256 parentTotalDifficulty)
    {
        ActiveRules active = _stages[0].Rules;
        for (int i = 1; i < _stages.Length; i++)
        {
            ref readonly (ActivationKind Kind, UInt256 At, ActiveRules Rules) stage = ref _stages[i];
            bool reached = stage.Kind switch
            {
                ActivationKind.Number => stage.At <= number,
                ActivationKind.Time => stage.At <= time,
                _ => stage.At <= parentTotalDifficulty,
            };

            // Forks come in order: one that has not begun holds back all that follow.
            if (!reached)
            {
                break;
            }

            active = stage.Rules;
        }

        return active;
    }
}
