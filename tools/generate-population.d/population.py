"""A whole population, home by home."""
import os
import shutil

import output
import plan
import reference
import variety
from homes import Home
from maker import Maker
from messages import Messages


def generate(folder, faults, devices, rate, seed):
    """Writes everything; says how many devices, homes and faults there are."""
    os.makedirs(folder, exist_ok=True)
    shutil.rmtree(os.path.join(folder, "messages"), ignore_errors=True)
    maker = Maker(seed, Messages(os.path.join(folder, "messages")))
    output.table(folder, "users.csv", ("user_id", "party", "market_participant_ids", "roles", "status", "name"),
                 reference.users(maker.suppliers))
    output.table(folder, "products.csv", ("device_type", "esme_variant_first", "manufacturer", "model",
                                          "firmware_version", "status", "listed_from", "listed_to"),
                 maker.products.rows)
    files = output.Files(folder, faults)
    done, waiting = 0, plan.jobs(devices, rate, seed)
    waiting.reverse()
    while done < devices:
        if waiting and done >= waiting[-1][0]:
            _, make, variant = waiting.pop()
            homes = make(maker, variant)
        else:
            home = variety.ordinary(maker, maker.next_number())
            homes = [home if done + len(home.devices) <= devices else spare(maker, devices - done)]
        for home in homes:
            done += len(home.devices)
            files.write(home)
        files.rows.writerows(maker.take_expected())
    if waiting or done != devices:
        raise ValueError(f"{devices} devices are too few for these faults")
    files.close()
    with open(os.path.join(folder, "load.sh"), "w", encoding="utf-8") as file:
        file.write(output.LOAD)
    return {"devices": done, "homes": maker.homes, "faults": maker.faults, "messages": maker.messages.counter}


def spare(maker, count):
    """Hubs in the van, so that the number of devices comes out."""
    home = Home(maker, maker.next_number(), maker.dice(maker.homes))
    for _ in range(count):
        device = home.add("CHF")
        device.status, device.since = "Pending", -20
    return home
